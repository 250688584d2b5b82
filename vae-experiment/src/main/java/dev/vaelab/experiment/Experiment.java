package dev.vaelab.experiment;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * An experiment that a Java program trains, without the command line: an experiment file, and the backends, data sets and parts of
 * the class path.
 *
 * <pre>{@code
 * RunResult result = Experiment.load(Path.of("mnist.json")).train(Path.of("runs/mnist"));
 * }</pre>
 *
 * <p>The run folder is one that {@code ./vae} reads: it evaluates, reports and resumes it.
 */
public final class Experiment {
    private final Laboratory laboratory;
    private final LoadedExperiment loaded;

    private Experiment(Laboratory laboratory, LoadedExperiment loaded) {
        this.laboratory = laboratory;
        this.loaded = loaded;
    }

    /**
     * Reads an experiment file.
     *
     * @param file JSON or YAML
     * @param settings what goes before the file, as {@code --set} takes it: {@code training.epochs=3}
     * @throws dev.vaelab.api.InvalidInputException with every problem of file and settings
     */
    public static Experiment load(Path file, String... settings) {
        Laboratory laboratory = Laboratory.open();
        return new Experiment(laboratory, laboratory.loader().load(file, List.of(settings), Optional.empty()));
    }

    /** The experiment with everything that the file leaves to defaults. */
    public ExperimentConfig config() {
        return loaded.config();
    }

    /**
     * Trains, then tests the best checkpoint.
     *
     * @param folder the run folder, which is not there yet or empty
     * @param watchers are told of epochs and steps, after the run's records are written
     * @return what the run ends with
     * @throws dev.vaelab.api.InvalidInputException if the experiment cannot be trained here, or there is something in the folder
     * @throws dev.vaelab.api.RunFailedException if a loss or a test figure is not finite, or the folder cannot be written to
     */
    public RunResult train(Path folder, TrainingListener... watchers) {
        Laboratory.Assembly assembly = laboratory.require(loaded);
        boolean made = !Files.exists(folder);
        RunFolder run = RunFolder.create(folder, RunFolder.DEFAULT_PARENT, config().name(), LocalDateTime.now());
        try (RunLock lock = RunLock.acquire(run)) {
            run.requireUnused();
            run.prepare(new ExperimentWriter().write(config()));
            run.begin(made, () -> assembly.get(VaeBackend.class).engine());
            return assembly.training(
                            run,
                            lock,
                            RunHistory.NONE,
                            new StopRequest(),
                            Extras.required(),
                            context -> List.of(watchers))
                    .execute(Optional.empty())
                    .orElseThrow();
        }
    }
}
