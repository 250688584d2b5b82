package dev.vaelab.experiment.check;

import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;

/**
 * What the checks of an experiment need to know of its data set, without its images.
 *
 * @param name of the data set
 * @param shape of every image
 * @param training images to train on, and to validate on unless there are others for that
 * @param validation images to validate on; 0 if the data set has none of its own
 * @param test images to test on
 * @param classes of the labels of its images; 1 where they have none
 */
public record DataFacts(String name, ImageShape shape, int training, int validation, int test, int classes) {
    /** Of a data set without validation images of its own, and without labels. */
    public DataFacts(String name, ImageShape shape, int training, int test) {
        this(name, shape, training, 0, test, 1);
    }

    /** Of a data set that was read. */
    public static DataFacts of(Dataset dataset) {
        return new DataFacts(
                dataset.name(),
                dataset.training().shape(),
                dataset.training().count(),
                dataset.validation().map(LabelledImages::count).orElse(0),
                dataset.test().count(),
                dataset.classes());
    }

    /** What networks depend on. */
    ModelledImages images() {
        return new ModelledImages(shape, classes);
    }
}
