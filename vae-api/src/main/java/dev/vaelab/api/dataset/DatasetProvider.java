package dev.vaelab.api.dataset;

import dev.vaelab.api.experiment.DatasetConfig;

/**
 * A kind of data set that experiment files can name. Implementations have a public constructor without parameters, are
 * found by {@link java.util.ServiceLoader}, and read nothing before {@link #open(DatasetConfig)} is called.
 */
public interface DatasetProvider {
    /** The name by which experiment files choose it: lower-case letters, digits and hyphens. */
    String name();

    /** One line for a person who chooses between data sets. */
    String description();

    /**
     * Reads the data set.
     *
     * @param config the experiment file's {@code dataset} part; sizes of splits are not the provider's business
     * @throws dev.vaelab.api.InvalidInputException if a file is missing, truncated or corrupted, if images and labels
     *     disagree, or if the part names something that this kind does not take or lacks something that it needs; places
     *     are files, or keys such as {@code dataset.path}
     */
    Dataset open(DatasetConfig config);
}
