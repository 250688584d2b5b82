package dev.vaelab.api.model;

import dev.vaelab.api.tensor.TensorSpecification;
import java.util.List;

/**
 * A part of the model that a file chooses by name. It is written once, over {@link dev.vaelab.api.tensor.TensorOperations}, and
 * knows no engine.
 *
 * <p>A part is a record, whose components are the keys that it has of its own in an experiment file, beside those that every part
 * of its kind has. They are of the types {@code int}, {@code long}, {@code double} and {@code boolean}, text, enums, and lists of
 * them; annotations of Jakarta Validation say what a key may be, {@code JsonPropertyDescription} what it is for. The public
 * constructor without parameters gives the part with all defaults; {@link java.util.ServiceLoader} calls it for the class that a
 * service file names, for example {@code META-INF/services/dev.vaelab.api.model.Loss}. Schema and checks of files follow from
 * both. What the record refuses with {@link IllegalArgumentException} is told with the place in the file.
 *
 * <p>A part may bring tensors that are trained, saved, resumed and moved between engines like those of the networks. Its formulas
 * do not branch on the values of tensors, since an engine may trace them once and replay them.
 */
public interface Part {
    /** The name by which experiment files choose it: lower-case letters, digits and hyphens, a letter first. */
    String name();

    /** One line for a person who chooses. */
    String description();

    /**
     * Whether its formulas estimate an expectation under the posterior by the latents, so that a {@link Sampler} has to draw
     * them from it; false by default.
     */
    default boolean needsDraws() {
        return false;
    }

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

    /**
     * Shapes of the tensors that its formulas compute of a batch and that a derivative needs again, as far as they are much larger than
     * latents: where each image is compared with each other, or each latent with each component. None by default. Whether a training
     * fits into memory is told by them before it starts.
     *
     * @param rows images of the batch for a loss, latents of the batch for the other parts
     * @param latent dimensions of the latent space
     */
    default List<List<Integer>> largeResults(int rows, int latent) {
        return List.of();
    }
}
