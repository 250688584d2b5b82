package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An encoder that learns. */
interface TrainableEncoder extends Encoder<INDArray> {
    /**
     * Fills the gradients of the encoder's parameters, for the images that it encoded last, in training.
     *
     * @param gradient the gradients by mean and by log-variance
     */
    void backward(Posterior<INDArray> gradient);
}
