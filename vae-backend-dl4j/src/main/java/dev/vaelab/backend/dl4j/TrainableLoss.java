package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss to train with. */
interface TrainableLoss extends Loss<INDArray> {
    /**
     * The gradients of reconstruction + beta * KL, averaged over the images.
     *
     * @param logits what the decoder gave
     * @param images the images that were encoded
     * @param posterior what the encoder gave
     * @param beta weight of the KL term
     */
    LossGradients backward(INDArray logits, INDArray images, Posterior<INDArray> posterior, double beta);

    /**
     * What the loss pushes at.
     *
     * @param logits the gradient by the logits
     * @param posterior the gradients by mean and by log-variance, as far as the KL term sees them directly
     */
    record LossGradients(INDArray logits, Posterior<INDArray> posterior) {}
}
