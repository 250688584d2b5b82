package dev.vaelab.backend.reference;

/** The reconstruction term of a likelihood, -log p(x|z), and its derivative. */
interface ReconstructionTerm {
    /**
     * The term of each image.
     *
     * @param logits of the images, what is differentiated by
     * @param images of the same shape
     * @return [images], in nats
     */
    DoubleTensor of(DoubleTensor logits, DoubleTensor images);
}
