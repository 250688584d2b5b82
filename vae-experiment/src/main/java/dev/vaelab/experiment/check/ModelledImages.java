package dev.vaelab.experiment.check;

import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.model.ImageShape;

/**
 * What the networks of a model depend on of its images.
 *
 * @param shape of every image
 * @param classes of their labels; 1 where they have none, and 0 where that is not known and matters to nobody
 */
public record ModelledImages(ImageShape shape, int classes) {
    /** Fewer are no choice. */
    static final int FEWEST_CLASSES = 2;

    /** The classes of a conditional model, at least two; 0 for a model that knows no labels. */
    int classesOf(ModelConfig model) {
        return model.classes(Math.max(FEWEST_CLASSES, classes));
    }
}
