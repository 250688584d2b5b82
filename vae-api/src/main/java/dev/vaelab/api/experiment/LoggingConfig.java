package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The {@code logging} part: what a run records beside its own files. Nothing here changes a result.
 *
 * @param tensorboard whether event files for TensorBoard are written; default false
 */
public record LoggingConfig(
        @JsonPropertyDescription("Write event files for TensorBoard into the run's folder tensorboard.")
        Boolean tensorboard) {
    /** Nothing but the run's own files. */
    public static final LoggingConfig DEFAULT = new LoggingConfig(null);

    /** Fills in defaults. */
    public LoggingConfig {
        tensorboard = tensorboard == null ? Boolean.FALSE : tensorboard;
    }
}
