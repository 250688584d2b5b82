package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;

/**
 * Writes a resolved experiment as an experiment file.
 *
 * <p>Every default is written out, in the order of the records' components, so that the file means the same when a later
 * version has other defaults. {@link ExperimentLoader} reads it back to an equal configuration.
 */
public final class ExperimentWriter {
    /** The configuration as indented JSON that ends with a line break. */
    public String write(ExperimentConfig config) {
        return ExperimentMapper.WRITER.writeValueAsString(config) + "\n";
    }
}
