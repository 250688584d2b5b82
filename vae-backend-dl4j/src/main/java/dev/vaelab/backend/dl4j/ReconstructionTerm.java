package dev.vaelab.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The reconstruction term of a likelihood, -log p(x|z), and its gradient. */
interface ReconstructionTerm {
    /**
     * The term of each image.
     *
     * @param logits what the decoder gave
     * @param images of the same shape
     * @return [images], in nats
     */
    INDArray compute(INDArray logits, INDArray images);

    /**
     * The gradient by the logits.
     *
     * @param share what the gradient of each image's term is multiplied by
     */
    INDArray backward(INDArray logits, INDArray images, double share);
}
