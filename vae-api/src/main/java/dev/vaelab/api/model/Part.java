package dev.vaelab.api.model;

import dev.vaelab.api.tensor.TensorSpecification;
import java.util.List;

/**
 * A part of the model that a file chooses by name. It is written once, over {@link dev.vaelab.api.tensor.TensorOperations}, and
 * knows no engine.
 *
 * <p>A part may bring tensors that are trained, saved, resumed and moved between engines like those of the networks.
 */
public interface Part {
    /**
     * Its own tensors, none by default.
     *
     * @param image shape of the images
     * @param latent dimensions of the latent space
     * @return names without the prefix of the part, such as {@code log_variance}
     */
    default List<TensorSpecification> tensors(ImageShape image, int latent) {
        return List.of();
    }
}
