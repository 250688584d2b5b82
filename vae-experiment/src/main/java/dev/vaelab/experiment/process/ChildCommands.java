package dev.vaelab.experiment.process;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Commands of this program that are run as {@link ChildProgram children}, all in one way; several threads may do so. */
public final class ChildCommands {
    private final Path folder;
    private final ChildLimits limits;
    private final Map<String, String> environment;
    private final Consumer<String> progress;
    private final Optional<ChildProgram.Launch> launch;

    /**
     * Prepares to run commands of the program of this process.
     *
     * @param folder where their messages and crash reports go
     * @param limits when one is given up
     * @param environment variables for them, see {@link ChildProgram}
     * @param progress told what happens, line by line
     */
    public ChildCommands(Path folder, ChildLimits limits, Map<String, String> environment, Consumer<String> progress) {
        this(folder, limits, environment, progress, Optional.empty());
    }

    /**
     * Prepares to run commands.
     *
     * @param launch of whose program; nothing for that of this process
     */
    public ChildCommands(
            Path folder,
            ChildLimits limits,
            Map<String, String> environment,
            Consumer<String> progress,
            Optional<ChildProgram.Launch> launch) {
        this.launch = launch;
        this.folder = folder;
        this.limits = limits;
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * Runs a command to its end.
     *
     * @param name what its files and its lines of progress begin with
     * @throws dev.vaelab.api.RunFailedException if it cannot be started, or was ended because this process is ending
     */
    public ChildResult run(String name, List<String> arguments) {
        return new ChildProgram(
                        name,
                        arguments,
                        environment,
                        folder,
                        limits,
                        line -> progress.accept(name + ": " + line),
                        launch)
                .run();
    }

    /**
     * Begins a training, or goes on with it, to its end. What goes wrong in it is in the outcome, and is told as progress.
     *
     * @param name as in {@link #run}
     * @param run its folder, which has its experiment
     * @param config its experiment; the folder's own may have the images where they were before
     * @throws dev.vaelab.api.RunFailedException as in {@link #run}
     */
    public RunOutcome train(String name, RunFolder run, ExperimentConfig config) {
        return train(name, run, config, config.training().epochs());
    }

    /**
     * The same up to the end of an epoch, with a checkpoint to go on from.
     *
     * @param until the epoch, counted from 1
     */
    public RunOutcome train(String name, RunFolder run, ExperimentConfig config, int until) {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--resume", run.path().toString(), "--json"));
        boolean whole = until >= config.training().epochs();
        if (!whole) {
            arguments.addAll(List.of("--until-epoch", Integer.toString(until)));
        }
        String path = config.dataset().path();
        if (path != null && !path.equals(recordedPath(run))) {
            // A JSON text is one of YAML, too.
            arguments.addAll(List.of("--set", "dataset.path=" + JsonText.line(path)));
        }
        ChildResult child = run(name, arguments);
        boolean finished = Files.exists(run.result());
        RunOutcome outcome = child.successful() && !finished && !whole
                ? RunOutcome.readPaused(run)
                : RunOutcome.read(run, child.successful() && finished ? null : child.failure());
        if (outcome.failure() != null) {
            progress.accept(name + ": failed: " + outcome.failure());
        }
        return outcome;
    }

    /** Nothing if the file is damaged, which is for the run to tell. */
    private static String recordedPath(RunFolder run) {
        try {
            return JsonText.readFile(run.config(), ExperimentConfig.class)
                    .dataset()
                    .path();
        } catch (InvalidInputException e) {
            return null;
        }
    }
}
