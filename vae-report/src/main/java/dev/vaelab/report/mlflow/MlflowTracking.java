package dev.vaelab.report.mlflow;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.file.ExperimentKeys;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiment.wiring.RunContext;
import dev.vaelab.report.picture.RunPicture;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records a training run for MLflow: its configuration as parameters, the figures of each epoch and of the test as metrics, files of
 * the run as artifacts. The experiment there has the name of the experiment, the run that of its folder. A resumed training goes on
 * with the record that it began.
 *
 * <p>What cannot be recorded is a warning, and is tried again after the next epoch together with what is new then.
 */
public final class MlflowTracking implements TrainingListener {
    /** The limit of servers older than MLflow 2.8; a list of layers may be longer, and is whole in {@code config.json}. */
    private static final int LONGEST_PARAMETER = 500;

    private static final String KIND = "record for MLflow";
    private static final String TEST = "test";

    private final ExperimentConfig config;
    private final RunFolder folder;
    private final Extras extras;
    private final InstantSource clock;
    private final List<MlflowMetric> pending = new ArrayList<>();
    private MlflowStore store;
    private MlflowRun run;
    private boolean parametersPending;
    private long steps;

    /** The record of a run; nothing is written before its first epoch begins. */
    public MlflowTracking(RunContext context) {
        this(context, InstantSource.system());
    }

    /** The record of a run by another clock. */
    MlflowTracking(RunContext context, InstantSource clock) {
        this.config = context.config();
        this.folder = context.run();
        this.extras = context.extras();
        this.clock = clock;
    }

    @Override
    public void epochStarted(int epoch, int batchesDone, int batches) {
        if (run == null) {
            extras.attempt(KIND, this::send);
        }
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        steps = metrics.steps();
        add("epoch", metrics.epoch());
        add("training", metrics.training());
        if (metrics.validation() != null) {
            add("validation", metrics.validation());
            add("validation/loss", metrics.validationLoss());
        }
        add("settings/learning_rate", metrics.learningRate());
        add("settings/beta", metrics.beta());
        add("speed/images_per_second", metrics.imagesPerSecond());
        metrics.residentBytes().ifPresent(bytes -> add("speed/resident_megabytes", bytes / 1e6));
        extras.attempt(KIND, this::send);
    }

    @Override
    public void bestTested(VaeModel<?> best) {
        extras.attempt(KIND, () -> {
            RunResult result = RunResult.read(folder);
            add(TEST, result.test());
            add("best/epoch", result.bestEpoch());
            if (result.bestValidationLoss() != null) {
                add("best/validation_loss", result.bestValidationLoss());
            }
            send();
            keepFiles();
            store.setStatus(run, RunStatus.FINISHED, clock.millis());
        });
    }

    @Override
    public void trainingStopped() {
        end(RunStatus.KILLED);
    }

    @Override
    public void trainingFailed() {
        end(RunStatus.FAILED);
    }

    private void end(RunStatus status) {
        if (run != null) {
            extras.attempt(KIND, () -> store.setStatus(run, status, clock.millis()));
        }
    }

    private void add(String group, Figures figures) {
        figures.terms().forEach((term, value) -> add(group + "/" + term, value));
        add(group + "/total", figures.total());
    }

    private void add(String key, double value) {
        pending.add(new MlflowMetric(key, value, clock.millis(), steps));
    }

    /** Opens the record if it is not open yet, and sends all that has not been sent. */
    private void send() {
        if (run == null) {
            open();
        }
        if (parametersPending) {
            store.logParameters(run, parameters());
            parametersPending = false;
        }
        if (!pending.isEmpty()) {
            store.logMetrics(run, List.copyOf(pending));
            pending.clear();
        }
    }

    private void open() {
        String named = config.logging().mlflow();
        if (RegularFiles.isThere(folder.mlflow())) {
            MlflowRecord record = MlflowRecord.read(folder);
            if (record.named().equals(named)) {
                MlflowStore known = MlflowStore.at(record.location());
                if (known.has(record.known())) {
                    known.setStatus(record.known(), RunStatus.RUNNING, null);
                    store = known;
                    run = record.known();
                    return;
                }
            }
        }
        MlflowStore fresh = MlflowStore.at(named);
        Path path = folder.path().toAbsolutePath().normalize();
        MlflowRun made = fresh.create(config.name(), path.getFileName().toString(), tags(path), clock.millis());
        new MlflowRecord(named, fresh.location(), made.experiment(), made.id()).write(folder);
        store = fresh;
        run = made;
        parametersPending = true;
    }

    private Map<String, String> tags(Path path) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.runName", path.getFileName().toString());
        tags.put("mlflow.user", System.getProperty("user.name", ""));
        tags.put("mlflow.source.name", "vae train");
        tags.put("mlflow.source.type", "LOCAL");
        tags.put("vaelab.run_folder", path.toString());
        return tags;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        ExperimentKeys.of(config)
                .forEach((key, value) ->
                        parameters.put(key, value.substring(0, Math.min(LONGEST_PARAMETER, value.length()))));
        return parameters;
    }

    /** What people look at; pictures and page only if they could be made. Weights stay in the run folder, which a tag names. */
    private void keepFiles() {
        List<Path> files = new ArrayList<>(List.of(folder.config(), folder.result(), folder.report()));
        for (RunPicture picture : RunPicture.values()) {
            files.add(picture.file(folder));
        }
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                store.logArtifact(run, file, file.getFileName().toString());
            }
        }
    }
}
