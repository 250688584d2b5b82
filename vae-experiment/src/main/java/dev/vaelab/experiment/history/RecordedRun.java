package dev.vaelab.experiment.history;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a run folder holds as far as it can be read, whether its training is finished or not.
 *
 * @param config the resolved experiment
 * @param provenance engine, versions, machine, data
 * @param epochs what is known of each epoch
 * @param result the figures of the best epoch on the test images
 * @param estimates those that are finished, of the weights that are the best ones now
 * @param running whether a process is at it
 * @param failure the first thing that is wrong with the folder
 */
record RecordedRun(
        Optional<ExperimentConfig> config,
        Optional<Provenance> provenance,
        List<EpochMetrics> epochs,
        Optional<RunResult> result,
        RunEstimates estimates,
        boolean running,
        Optional<String> failure) {
    /** Reads a folder; never throws for what is wrong in it. */
    static RecordedRun read(RunFolder run) {
        return new Reading().of(run);
    }

    /**
     * Reads a folder in which all is right.
     *
     * @throws InvalidInputException if something is wrong
     */
    static RecordedRun require(RunFolder run) {
        RecordedRun recorded = read(run);
        if (recorded.failure().isPresent()) {
            throw new InvalidInputException(Problem.of(
                    run.path().toString(),
                    "a run that cannot be read (" + recorded.failure().get() + ")",
                    "a sound one"));
        }
        return recorded;
    }

    /** Goes on behind what cannot be read. */
    private static final class Reading {
        private Optional<String> failure = Optional.empty();

        RecordedRun of(RunFolder run) {
            Optional<ExperimentConfig> config = config(run.config());
            Optional<Provenance> provenance = ifThere(run.provenance(), () -> Provenance.read(run));
            Optional<List<EpochMetrics>> epochs = ifThere(run.metrics(), () -> MetricsFile.read(run));
            Optional<RunResult> result = ifThere(run.result(), () -> RunResult.read(run));
            RunEstimates estimates = estimates(run);
            boolean running = running(run);
            return new RecordedRun(config, provenance, epochs.orElse(List.of()), result, estimates, running, failure);
        }

        private RunEstimates estimates(RunFolder run) {
            try {
                return RunEstimates.of(run);
            } catch (InvalidInputException e) {
                fail(e.getMessage());
                return RunEstimates.NONE;
            }
        }

        private Optional<ExperimentConfig> config(Path file) {
            if (!RegularFiles.isThere(file)) {
                fail(file + ": found nothing, expected the resolved experiment");
            }
            return ifThere(file, () -> JsonText.readFile(file, ExperimentConfig.class));
        }

        private boolean running(RunFolder run) {
            try {
                return RunLock.holderOf(run).isPresent();
            } catch (InvalidInputException e) {
                fail(e.getMessage());
                return false;
            } catch (IOException e) {
                fail("whether it is running cannot be told: " + FileFailures.reason(e));
                return false;
            }
        }

        private <V> Optional<V> ifThere(Path file, Supplier<V> reader) {
            if (!RegularFiles.isThere(file)) {
                return Optional.empty();
            }
            try {
                return Optional.of(reader.get());
            } catch (InvalidInputException e) {
                fail(e.getMessage());
                return Optional.empty();
            }
        }

        private void fail(String reason) {
            failure = failure.or(() -> Optional.of(reason));
        }
    }
}
