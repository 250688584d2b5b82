package dev.vaelab.report.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LoggingConfig;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.RunContext;
import dev.vaelab.training.EpochMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A record for MLflow")
final class MlflowTrackingTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));
    private static final List<EpochMetrics> EPOCHS = SampleRuns.epochs(3, 97.5);

    @TempDir
    private Path folder;

    private RunFolder run;
    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();

    @BeforeEach
    void makeRun() throws IOException {
        run = SampleRuns.write(folder.resolve("runs/sample-1"), "djl", 1, 3, 97.5);
    }

    @Test
    @DisplayName(
            "in a folder is what MLflow's file store has: experiment, run, parameters, tags, metrics and artifacts")
    void layout() throws IOException {
        MlflowTracking tracking = tracking(store());
        tracking.epochStarted(1, 0, 10);
        Path recorded = onlyRun();
        assertTrue(meta(recorded).contains("status: 1\n"), meta(recorded));
        EPOCHS.forEach(epoch -> tracking.epochFinished(epoch, null));
        tracking.trainingEnded();
        tracking.bestTested(null);

        String experiment = recorded.getParent().getFileName().toString();
        assertTrue(experiment.matches("[0-9]{1,18}"), experiment);
        assertEquals(
                "artifact_location: 'file://" + store() + "/" + experiment + "'\n"
                        + "creation_time: 1700000000123\n"
                        + "experiment_id: '" + experiment + "'\n"
                        + "last_update_time: 1700000000123\n"
                        + "lifecycle_stage: 'active'\n"
                        + "name: 'sample'\n",
                meta(recorded.getParent()));
        String id = recorded.getFileName().toString();
        assertTrue(id.matches("[0-9a-f]{32}"), id);
        assertEquals(
                "artifact_uri: 'file://" + store() + "/" + experiment + "/" + id + "/artifacts'\n"
                        + "end_time: 1700000000123\n"
                        + "entry_point_name: ''\n"
                        + "experiment_id: '" + experiment + "'\n"
                        + "lifecycle_stage: 'active'\n"
                        + "run_id: '" + id + "'\n"
                        + "run_name: 'sample-1'\n"
                        + "run_uuid: '" + id + "'\n"
                        + "source_name: ''\n"
                        + "source_type: 4\n"
                        + "source_version: ''\n"
                        + "start_time: 1700000000123\n"
                        + "status: 3\n"
                        + "tags: []\n"
                        + "user_id: '" + System.getProperty("user.name") + "'\n",
                meta(recorded));
        assertEquals("128", Files.readString(recorded.resolve("params/training.batchSize")));
        assertEquals("[32,64]", Files.readString(recorded.resolve("params/model.channels")));
        assertEquals("djl", Files.readString(recorded.resolve("params/backend")));
        assertEquals("sample-1", Files.readString(recorded.resolve("tags/mlflow.runName")));
        assertEquals(run.path().toString(), Files.readString(recorded.resolve("tags/vaelab.run_folder")));
        assertEquals(
                "1700000000123 99.5 10\n1700000000123 98.5 20\n1700000000123 97.5 30\n",
                Files.readString(recorded.resolve("metrics/validation/loss")));
        assertEquals("1700000000123 97.5 30\n", Files.readString(recorded.resolve("metrics/test/total")));
        assertEquals(Files.readString(run.config()), Files.readString(recorded.resolve("artifacts/config.json")));
        assertEquals(
                List.of("config.json", "reconstructions.png", "result.json", "samples.png"),
                names(recorded.resolve("artifacts")));
        assertEquals(List.of(".trash", "0", experiment).stream().sorted().toList(), names(store()));
        assertEquals("", warnings());
    }

    @Test
    @DisplayName(
            "goes on in the same run when the training is resumed, from any working folder, and ends as the training does")
    void resume() throws IOException {
        MlflowTracking first = tracking(store());
        first.epochStarted(1, 0, 10);
        first.epochFinished(EPOCHS.get(0), null);
        first.trainingEnded();
        first.trainingStopped();
        Path recorded = onlyRun();
        assertTrue(meta(recorded).contains("status: 5\n"), meta(recorded));

        MlflowTracking second = tracking(store());
        second.epochStarted(2, 0, 10);
        assertTrue(meta(recorded).contains("status: 1\n"), meta(recorded));
        assertTrue(meta(recorded).contains("end_time: null\n"), meta(recorded));
        second.epochFinished(EPOCHS.get(1), null);
        second.trainingFailed();
        assertEquals(recorded, onlyRun());
        assertTrue(meta(recorded).contains("status: 4\n"), meta(recorded));
        assertEquals(
                "1700000000123 1.0 10\n1700000000123 2.0 20\n", Files.readString(recorded.resolve("metrics/epoch")));
    }

    @Test
    @DisplayName("begins anew where its run was removed, or another store is named")
    void elsewhere() throws IOException {
        tracking(store()).epochStarted(1, 0, 10);
        Path other = folder.resolve("other store");
        tracking(other).epochStarted(2, 0, 10);
        assertEquals(1, runs(store()).size());
        assertEquals(1, runs(other).size());
        Files.delete(runs(other).get(0).resolve("meta.yaml"));
        tracking(other).epochStarted(2, 0, 10);
        assertEquals(2, runs(other).size());
    }

    @Test
    @DisplayName("joins an experiment of its name that MLflow has made, unless it is deleted")
    void experimentOfMlflow() throws IOException {
        for (String name : List.of("sample", "'sample'", "\"sample\"")) {
            Path other = Files.createTempDirectory(folder, "store");
            Path deleted = Files.createDirectory(other.resolve("1"));
            Files.writeString(deleted.resolve("meta.yaml"), "lifecycle_stage: deleted\nname: " + name + "\n");
            Path active = Files.createDirectory(other.resolve("7"));
            Files.writeString(
                    active.resolve("meta.yaml"), "experiment_id: '7'\nlifecycle_stage: active\nname: " + name + "\n");
            tracking(other).epochStarted(1, 0, 10);
            assertEquals(active, runs(other).get(0).getParent(), name);
            Files.deleteIfExists(run.mlflow());
        }
    }

    @Test
    @DisplayName("that cannot be written is one warning, and is made up for when it can be")
    void cannotStopATraining() throws IOException {
        Files.writeString(store(), "in the way");
        MlflowTracking tracking = tracking(store());
        tracking.epochStarted(1, 0, 10);
        tracking.epochFinished(EPOCHS.get(0), null);
        assertEquals(
                "warning: no record for MLflow: cannot write to " + store() + ": " + store() + System.lineSeparator(),
                warnings().replaceAll("File exists|Not a directory", store().toString()));
        Files.delete(store());
        tracking.epochFinished(EPOCHS.get(1), null);
        assertEquals(
                "1700000000123 1.0 10\n1700000000123 2.0 20\n",
                Files.readString(onlyRun().resolve("metrics/epoch")));
        assertEquals("128", Files.readString(onlyRun().resolve("params/training.batchSize")));
    }

    @Test
    @DisplayName("on a tracking server is made of requests of MLflow's REST API, and goes on there after a resume")
    void server() throws IOException {
        try (TrackingServer server = new TrackingServer()) {
            MlflowTracking tracking = tracking(server.address() + "/");
            tracking.epochStarted(1, 0, 10);
            tracking.epochFinished(EPOCHS.get(0), null);
            tracking.trainingStopped();
            MlflowTracking resumed = tracking(server.address() + "/");
            resumed.epochStarted(2, 0, 10);
            resumed.epochFinished(EPOCHS.get(1), null);
            resumed.bestTested(null);
            assertEquals("", warnings());
            assertEquals(
                    List.of(
                            "GET experiments/get-by-name?experiment_name=sample",
                            "POST experiments/create",
                            "POST runs/create",
                            "POST runs/log-batch",
                            "POST runs/log-batch",
                            "POST runs/update",
                            "GET runs/get?run_id=r1",
                            "POST runs/update",
                            "POST runs/log-batch",
                            "POST runs/log-batch"),
                    server.requests().subList(0, 10));
            assertEquals("sample", server.experiment());
            assertEquals("sample-1", server.tags().get("mlflow.runName"));
            assertEquals("[32,64]", server.parameters().get("model.channels"));
            assertEquals(List.of("99.5 at 10", "98.5 at 20"), server.metrics().get("validation/loss"));
            assertEquals(List.of("97.5 at 20"), server.metrics().get("test/total"));
            assertEquals(List.of("KILLED", "RUNNING", "FINISHED"), server.statuses());
            assertEquals(
                    List.of(
                            "e1/r1/artifacts/config.json",
                            "e1/r1/artifacts/result.json",
                            "e1/r1/artifacts/reconstructions.png",
                            "e1/r1/artifacts/samples.png"),
                    server.artifacts());
        }
    }

    @Test
    @DisplayName("on a server that fails is a warning with what the server says, and all is sent when it answers again")
    void failingServer() throws IOException {
        try (TrackingServer server = new TrackingServer()) {
            server.fail("{\"error_code\": \"TEMPORARILY_UNAVAILABLE\", \"message\": \"come back later\"}");
            MlflowTracking tracking = tracking(server.address());
            tracking.epochStarted(1, 0, 10);
            tracking.epochFinished(EPOCHS.get(0), null);
            assertEquals(
                    "warning: no record for MLflow: the tracking server " + server.address()
                            + " answers 503 to /api/2.0/mlflow/experiments/get-by-name: come back later"
                            + System.lineSeparator(),
                    warnings());
            server.recover();
            tracking.epochFinished(EPOCHS.get(1), null);
            assertEquals(List.of("99.5 at 10", "98.5 at 20"), server.metrics().get("validation/loss"));
            assertEquals("djl", server.parameters().get("backend"));
        }
    }

    @Test
    @DisplayName("says that nobody answers at an address, or that it is none")
    void nobodyThere() throws IOException {
        String gone;
        try (TrackingServer server = new TrackingServer()) {
            gone = server.address();
        }
        tracking(gone).epochStarted(1, 0, 10);
        assertEquals(
                "warning: no record for MLflow: the tracking server " + gone + " cannot be asked: no connection"
                        + System.lineSeparator(),
                warnings());
        tracking("http://").epochStarted(1, 0, 10);
        assertTrue(
                warnings().contains("warning: no record for MLflow: http: is no address of a tracking server"),
                warnings());
    }

    @Test
    @DisplayName("gives a server the name and password, or the token, of the environment")
    void authorization() throws IOException {
        try (TrackingServer server = new TrackingServer()) {
            MlflowRun known = new MlflowRun("e1", "r1");
            new ServerStore(server.address(), Map.of()).has(known);
            new ServerStore(
                            server.address(),
                            Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret"))
                    .has(known);
            new ServerStore(server.address(), Map.of("MLFLOW_TRACKING_TOKEN", "abc")).has(known);
            assertEquals(List.of("nothing", "Basic bWU6c2VjcmV0", "Bearer abc"), server.authorizations());
        }
    }

    private MlflowTracking tracking(Object store) {
        ExperimentConfig config = SampleRuns.config("djl").with(new LoggingConfig(null, store.toString()));
        PrintStream output = new PrintStream(warnings, true, StandardCharsets.UTF_8);
        return new MlflowTracking(new RunContext(config, null, null, run, Extras.warningOn(output)), CLOCK);
    }

    private String warnings() {
        return warnings.toString(StandardCharsets.UTF_8);
    }

    private Path store() {
        return folder.resolve("mlruns");
    }

    private Path onlyRun() throws IOException {
        List<Path> runs = runs(store());
        assertEquals(1, runs.size());
        return runs.get(0);
    }

    private static List<Path> runs(Path store) throws IOException {
        try (Stream<Path> entries = Files.walk(store, 2)) {
            return entries.filter(entry -> Files.isDirectory(entry.resolve("metrics")))
                    .sorted()
                    .toList();
        }
    }

    private static String meta(Path path) throws IOException {
        assertFalse(Files.isDirectory(path.resolve("meta.yaml")));
        return Files.readString(path.resolve("meta.yaml"));
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
