package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;
import java.util.Optional;

/**
 * The distribution p(x|z) of an image given its latents, whose negative logarithm is the reconstruction term. A decoder gives
 * logits; what they mean is for the likelihood to say.
 */
public interface Likelihood extends Part {
    /**
     * What pixels it is a distribution of. By default it says nothing of that, and its nats are not made into bits for each dimension.
     */
    default Optional<PixelValues> pixelValues() {
        return Optional.empty();
    }

    /**
     * log p(x|z).
     *
     * @param images pixels in [0,1], [rows, channels, height, width]
     * @param logits what the decoder gave, of the same shape
     * @param own tensors of the likelihood
     * @return nats, [rows]
     */
    <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own);

    /**
     * The expected image, which is what pictures show: the sigmoid of the logits by default.
     *
     * @param logits what the decoder gave, [rows, channels, height, width]
     * @param own tensors of the likelihood
     * @return pixels in [0,1], of the same shape
     */
    default <X> Operand<X> mean(Operand<X> logits, PartTensors<X> own) {
        return logits.sigmoid();
    }
}
