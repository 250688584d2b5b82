package dev.vaelab.experiment.check;

import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.model.ImageShape;

/**
 * What the checks of an experiment need to know of its data set, without its images.
 *
 * @param name of the data set
 * @param shape of every image
 * @param training images to train and validate on
 * @param test images to test on
 */
public record DataFacts(String name, ImageShape shape, int training, int test) {
    /** Of a data set that was read. */
    public static DataFacts of(Dataset dataset) {
        return new DataFacts(
                dataset.name(),
                dataset.training().shape(),
                dataset.training().count(),
                dataset.test().count());
    }
}
