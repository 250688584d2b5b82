package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Pattern;

/**
 * The {@code logging} part: what a run records beside its own files. Nothing here changes a result.
 *
 * @param tensorboard whether event files for TensorBoard are written; default false
 * @param mlflow where the run is recorded for MLflow: the folder of a file store, relative to the working folder, or the {@code
 *     http} or {@code https} address of a tracking server; nowhere if absent
 */
public record LoggingConfig(
        @JsonPropertyDescription("Write event files for TensorBoard into the run's folder tensorboard.")
        Boolean tensorboard,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Pattern(
                regexp = "^(?!(?!https?:|file:)[A-Za-z][A-Za-z0-9+.-]+:)\\S.*$",
                message = "a folder, such as mlruns, or the http(s) address of a tracking server")
        @JsonPropertyDescription(
                "Record the run for MLflow: in a folder, such as mlruns, or on a tracking server, by its http(s) address."
                        + " Default: not.")
        String mlflow) {
    /** Nothing but the run's own files. */
    public static final LoggingConfig DEFAULT = new LoggingConfig(null);

    /** Fills in defaults. */
    public LoggingConfig {
        tensorboard = tensorboard == null ? Boolean.FALSE : tensorboard;
    }

    /** Event files for TensorBoard or not, and nothing else. */
    public LoggingConfig(Boolean tensorboard) {
        this(tensorboard, null);
    }
}
