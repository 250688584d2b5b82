package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

    /** An experiment that another process has read and found right, and told this one of: its keys stand nowhere here. */
    public static LoadedExperiment told(ExperimentConfig config) {
        Origin origin = new Origin.Argument("experiment", -1, true);
        return new LoadedExperiment(config, new ExperimentPlaces(new Members(origin, Map.of())), List.of());
    }
}
