package dev.vaelab.api.dataset;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.List;

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
     * Says what is wrong with the part for this kind, as far as that can be told without reading anything: what it does not
     * take, and what it needs. It is reported with all else that is wrong with an experiment file, before anything is opened.
     *
     * @param config the experiment file's {@code dataset} part, each value for itself as it may be
     * @return a problem for each key, with the key as its place: {@code dataset.path}; by default none
     */
    default List<Problem> check(DatasetConfig config) {
        return List.of();
    }

    /**
     * Reads the data set.
     *
     * @param config the experiment file's {@code dataset} part; sizes of splits are not the provider's business
     * @throws dev.vaelab.api.InvalidInputException if a file is missing, truncated or corrupted, if images and labels
     *     disagree, or for what {@link #check} finds; places are files, or keys such as {@code dataset.path}
     */
    Dataset open(DatasetConfig config);

    /**
     * Reads the data set for a model.
     *
     * @param config the experiment file's {@code dataset} part
     * @param sizes which images the model takes: advice on sizes keeps to it; images of other sizes are not refused here
     * @throws dev.vaelab.api.InvalidInputException as {@link #open(DatasetConfig)}, to which this leads by default
     */
    default Dataset open(DatasetConfig config, SizeRule sizes) {
        return open(config);
    }
}
