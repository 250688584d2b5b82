/**
 * Experiment files: from JSON or YAML, overrides and defaults to an {@link
 * dev.vaelab.api.experiment.ExperimentConfig}, and back.
 *
 * <p>The rules are the annotations of the configuration records. A JSON Schema is made from them, and both the editors
 * of experiment files and {@link dev.vaelab.experiment.file.ExperimentLoader} judge by it.
 */
package dev.vaelab.experiment.file;
