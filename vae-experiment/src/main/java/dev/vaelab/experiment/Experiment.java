package dev.vaelab.experiment;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.file.DraftExperiment;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.Resumption;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiment.wiring.DataSource;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An experiment that a Java program trains, without the command line: an experiment file, other settings than those of the file, and the
 * engines, data sets and parts of the class path.
 *
 * <pre>{@code
 * RunResult result = Experiment.load(Path.of("mnist.yaml"))
 *         .with("training.epochs", 3)
 *         .train(Path.of("runs/mnist"), epoch -> System.out.println(epoch.validationLoss()));
 * }</pre>
 *
 * <p>The run folder is one that {@code ./vae} reads: it evaluates, reports and resumes it. {@link TrainedModel#open(Path)} opens it in a
 * program.
 *
 * <p>Immutable: {@link #with} gives another experiment. May be used by several threads.
 */
public final class Experiment {
    private static final Logger LOGGER = LoggerFactory.getLogger(Experiment.class);

    private final Laboratory laboratory;
    private final DraftExperiment draft;

    private Experiment(Laboratory laboratory, DraftExperiment draft) {
        this.laboratory = laboratory;
        this.draft = draft;
    }

    /**
     * Reads an experiment file and those that it extends. Their keys and values are judged later, together with the settings: by {@link
     * #config()} and by {@link #train(Path, TrainingListener...) training}.
     *
     * @param file JSON ({@code .json}) or YAML ({@code .yaml}, {@code .yml})
     * @throws dev.vaelab.api.InvalidInputException if a file cannot be read, or breaks the rules of its language
     */
    public static Experiment load(Path file) {
        Laboratory laboratory = Laboratory.open();
        laboratory.problems().forEach(problem -> LOGGER.warn("{}", problem));
        return new Experiment(laboratory, laboratory.loader().read(file));
    }

    /**
     * The same experiment with another value of a key, whatever file and earlier settings say. Nothing is judged yet: settings may be
     * right only together.
     *
     * @param key with dots, as {@code --set} takes it: {@code training.epochs}, {@code model.channels}, {@code backend}
     * @param value a number, a truth value, text, null, or a list or map of these, as the file would have it; what else there is, such
     *     as a {@link Path}, is taken by its text
     */
    public Experiment with(String key, Object value) {
        Objects.requireNonNull(key, "key");
        return new Experiment(laboratory, draft.with(key, value));
    }

    /**
     * The experiment with everything that file and settings leave to defaults.
     *
     * @throws dev.vaelab.api.InvalidInputException with every problem of file and settings; places are {@code file:line:column key} and
     *     {@code setting key}
     */
    public ExperimentConfig config() {
        return loaded().config();
    }

    private LoadedExperiment loaded() {
        return laboratory.loader().load(draft);
    }

    /**
     * Trains, then tests the best checkpoint, and tells of each epoch.
     *
     * @param folder the run folder, which is not there yet or empty
     * @param epochs takes the figures of each epoch once it is done, on the thread that trains; what it throws ends the training
     * @return what the run ends with
     * @throws dev.vaelab.api.InvalidInputException if the experiment cannot be trained here, or there is something in the folder
     * @throws dev.vaelab.api.RunFailedException if a loss or a test figure is not finite, or the folder cannot be written to
     */
    public RunResult train(Path folder, Consumer<EpochMetrics> epochs) {
        return train(folder, toldOf(epochs));
    }

    /**
     * Trains, then tests the best checkpoint.
     *
     * @param folder the run folder, which is not there yet or empty
     * @param listeners are told of epochs and steps, after the run's records are written, on the thread that trains; what one of them
     *     throws ends the training, and the run can be {@linkplain #resume resumed} from its last checkpoint
     * @return what the run ends with
     * @throws dev.vaelab.api.InvalidInputException if the experiment cannot be trained here, or there is something in the folder
     * @throws dev.vaelab.api.RunFailedException if a loss or a test figure is not finite, or the folder cannot be written to
     */
    public RunResult train(Path folder, TrainingListener... listeners) {
        return train(folder, new StopRequest(), listeners).orElseThrow();
    }

    /**
     * Trains until it is done or asked to stop, by a listener or by any other thread.
     *
     * @param folder the run folder, which is not there yet or empty
     * @param stop asks for it: the training ends after the step in work, or after the epoch where a listener asks at its end, and leaves
     *     a checkpoint from which it is {@linkplain #resume resumed} as if it had never stopped (within an epoch, the reference
     *     engine, which computes in float64, goes on from float32)
     * @param listeners as for {@link #train(Path, TrainingListener...)}
     * @return what the run ends with; nothing if it was stopped
     * @throws dev.vaelab.api.InvalidInputException if the experiment cannot be trained here, or there is something in the folder
     * @throws dev.vaelab.api.RunFailedException if a loss or a test figure is not finite, or the folder cannot be written to
     */
    public Optional<RunResult> train(Path folder, StopRequest stop, TrainingListener... listeners) {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(stop, "stop");
        List<TrainingListener> watching = List.of(listeners);
        LoadedExperiment loaded = loaded();
        ExperimentConfig config = loaded.config();
        Laboratory.Assembly assembly = laboratory.require(loaded);
        boolean made = !Files.exists(folder);
        RunFolder run = RunFolder.create(folder, RunFolder.DEFAULT_PARENT, config.name(), LocalDateTime.now());
        try (RunLock lock = RunLock.acquire(run)) {
            run.requireUnused();
            run.prepare(new ExperimentWriter().write(config));
            run.begin(made, () -> assembly.get(VaeBackend.class).engine());
            return execute(assembly, run, lock, RunHistory.NONE, stop, watching);
        }
    }

    /**
     * Goes on where the training of a run has stopped, and tells of each epoch; or trains a run further that is done, with {@code
     * Map.of("training.epochs", 30)}, say.
     *
     * @param run a run folder, of {@link #train(Path, Consumer) a program} or of {@code ./vae train}
     * @param settings other values than those of the run, by their keys, as {@link #with} takes them; what the run has done so far must
     *     not rest on them
     * @param epochs as for {@link #train(Path, Consumer)}
     * @return what the run ends with
     * @throws dev.vaelab.api.InvalidInputException if it is no run folder, a setting may not change, its images are others or missing,
     *     or a file of it is damaged
     * @throws dev.vaelab.api.RunFailedException if a loss or a test figure is not finite, or the folder cannot be written to
     */
    public static RunResult resume(Path run, Map<String, ?> settings, Consumer<EpochMetrics> epochs) {
        return resume(run, settings, new StopRequest(), toldOf(epochs)).orElseThrow();
    }

    /**
     * The same until it is done or asked to stop again.
     *
     * @param run a run folder
     * @param settings other values than those of the run
     * @param stop as for {@link #train(Path, StopRequest, TrainingListener...)}
     * @param listeners as for {@link #train(Path, TrainingListener...)}
     * @return what the run ends with; nothing if it was stopped
     */
    public static Optional<RunResult> resume(
            Path run, Map<String, ?> settings, StopRequest stop, TrainingListener... listeners) {
        Objects.requireNonNull(stop, "stop");
        List<TrainingListener> watching = List.of(listeners);
        RunFolder folder = RunFolder.open(run);
        Experiment experiment = load(folder.config());
        for (Map.Entry<String, ?> setting : settings.entrySet()) {
            experiment = experiment.with(setting.getKey(), setting.getValue());
        }
        LoadedExperiment loaded = experiment.loaded();
        Resumption resumption = new Resumption(folder, loaded.config());
        Laboratory.Assembly assembly = experiment.laboratory.require(loaded, DataSource.ofRun(folder, loaded));
        try (RunLock lock = RunLock.acquire(folder)) {
            RunHistory history = resumption.history(
                    assembly.get(Architecture.class), assembly.get(Dataset.class), assembly.get(DataSplits.class));
            resumption.keepResult(history);
            folder.prepare(new ExperimentWriter().write(loaded.config()));
            return execute(assembly, folder, lock, history, stop, watching);
        }
    }

    private static Optional<RunResult> execute(
            Laboratory.Assembly assembly,
            RunFolder run,
            RunLock lock,
            RunHistory history,
            StopRequest stop,
            List<TrainingListener> listeners) {
        return assembly.training(run, lock, history, stop, Extras.required(), context -> listeners)
                .execute(history.checkpoint());
    }

    private static TrainingListener toldOf(Consumer<EpochMetrics> epochs) {
        Objects.requireNonNull(epochs, "epochs");
        return new TrainingListener() {
            @Override
            public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
                epochs.accept(metrics);
            }
        };
    }

    /**
     * Opens weights from anywhere, PyTorch included, as a model of this experiment; nothing is trained.
     *
     * @param weights a safetensors file with the tensors of the experiment's model
     * @return a model, which the caller closes
     * @throws dev.vaelab.api.InvalidInputException if the experiment is wrong, or the file is not of its model; or if nothing tells the
     *     shape of its images
     */
    public TrainedModel open(Path weights) {
        return TrainedModel.of(SavedModel.ofWeights(laboratory, loaded(), weights, LOGGER::info));
    }
}
