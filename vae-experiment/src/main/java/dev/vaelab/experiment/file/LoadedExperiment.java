package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * An experiment that was read and found right.
 *
 * @param config what is to be done, with overrides applied and defaults filled in
 * @param places where its keys stand
 * @param files the files that it was read from: the one that was named, then each that the previous one extends
 */
public record LoadedExperiment(ExperimentConfig config, ExperimentPlaces places, List<Path> files) {
    /** Copies the list. */
    public LoadedExperiment {
        files = List.copyOf(files);
    }
}
