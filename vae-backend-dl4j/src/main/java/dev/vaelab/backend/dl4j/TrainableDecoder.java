package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Decoder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A decoder that learns. */
interface TrainableDecoder extends Decoder<INDArray> {
    /**
     * Fills the gradients of the decoder's parameters, for the latents that it decoded last, in training.
     *
     * @param logitsGradient the gradient by the logits
     * @return the gradient by the latents
     */
    INDArray backward(INDArray logitsGradient);
}
