package dev.vaelab.report.mlflow;

import dev.vaelab.api.RunFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where runs are recorded. Each method throws {@link RunFailedException} if that fails. */
interface MlflowStore {
    /** The store that a configuration names: the address of a tracking server, or a folder. */
    static MlflowStore at(String named) {
        return named.startsWith("http:") || named.startsWith("https:") ? new ServerStore(named) : FolderStore.of(named);
    }

    /** Where it is, independent of the working folder. */
    String location();

    /**
     * Begins a run.
     *
     * @param experiment name of the experiment, which is made if it is not there
     * @param name of the run, for people
     * @param tags whatever else is known of it
     * @param started in milliseconds since 1970
     */
    MlflowRun create(String experiment, String name, Map<String, String> tags, long started);

    /** Whether a run is still there. */
    boolean has(MlflowRun run);

    /** Records what a new run was asked to do; MLflow lets nobody change it. */
    void logParameters(MlflowRun run, Map<String, String> parameters);

    /** Adds values of metrics. */
    void logMetrics(MlflowRun run, List<MlflowMetric> metrics);

    /**
     * Keeps a copy of a file.
     *
     * @param name of the copy
     */
    void logArtifact(MlflowRun run, Path file, String name);

    /**
     * Says how the run is.
     *
     * @param ended in milliseconds since 1970; null if it goes on
     */
    void setStatus(MlflowRun run, RunStatus status, Long ended);
}
