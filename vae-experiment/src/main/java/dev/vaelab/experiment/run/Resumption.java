package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.file.ExperimentKeys;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.Checkpoint;
import dev.vaelab.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A run that is to go on: what of its experiment may be another one now, and what there is to go on from. */
public final class Resumption {
    private static final String EPOCHS = "training.epochs";
    private static final String MAX_TIME = "training.maxTime";

    /** May change if the images are the same, which their checksums tell. */
    private static final String PATH = "dataset.path";

    /** Keys and groups of keys on which rests what the run has done already, and what rests on them. All others may change. */
    private static final Map<String, String> FIXED = new LinkedHashMap<>();

    static {
        FIXED.put("seed", "the split of the images, their order and the noise follow from it");
        FIXED.put("dataset", "the epochs that are done were trained and measured on its images");
        FIXED.put("model", "the weights of the checkpoint have these sizes");
        FIXED.put("prior", "the weights of the checkpoint were trained towards it");
        FIXED.put("sampler", "the weights of the checkpoint were trained with it");
        FIXED.put("loss", "the best epoch is chosen by it, and losses of two kinds cannot be compared");
        FIXED.put("training.batchSize", "what is done is counted in batches of this size");
        FIXED.put("training.accumulate", "what is done is counted in steps of so many batches");
        FIXED.put("training.optimizer.name", "the checkpoint holds the memory of this optimizer");
        FIXED.put(
                "training.average",
                "the checkpoint holds the average that was kept, and the best epoch was chosen by it");
    }

    private final RunFolder run;
    private final Map<String, String> before;
    private final Map<String, String> now;
    private final TrainingConfig training;

    /**
     * Prepares to go on with a run.
     *
     * @param run where it is
     * @param now its experiment with the changes that are asked for
     * @throws InvalidInputException with every key that may not change
     */
    public Resumption(RunFolder run, ExperimentConfig now) {
        this.run = run;
        this.before = ExperimentKeys.of(JsonText.readFile(run.config(), ExperimentConfig.class));
        this.now = ExperimentKeys.of(now);
        this.training = now.training();
        requireFixed();
    }

    private void requireFixed() {
        List<Problem> problems = new ArrayList<>();
        changed()
                .forEach(key -> FIXED.forEach((fixed, reason) -> {
                    if (!key.equals(PATH) && (key.equals(fixed) || key.startsWith(fixed + "."))) {
                        problems.add(new Problem(
                                run.path() + ": " + key,
                                Optional.ofNullable(now.get(key)).orElse("nothing"),
                                Optional.ofNullable(before.get(key)).orElse("nothing") + " as before",
                                reason + "; train a new run for another value"));
                    }
                }));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /**
     * Reads what there is of the run; only for whoever holds its lock.
     *
     * @param architecture of its model
     * @param dataset its images as they are now
     * @param splits what becomes of them
     * @throws InvalidInputException if the images are not those that it began with, if fewer epochs are asked for than are
     *     done, or if something was changed that nothing is left to be done with; or if a file is damaged
     */
    public RunHistory history(Architecture architecture, Dataset dataset, DataSplits splits) {
        // Better said now than when there is a result to be written.
        RegularFiles.requireNothingElse(run.result(), "the result of the run, or nothing");
        RunHistory history =
                RunHistory.read(run, architecture, training.optimizer().settings());
        history.legs().forEach(leg -> requireSame(dataset, leg.dataChecksums()));
        requireEvidence(history);
        TrainingProgress progress = history.progress();
        requirePlace(progress, splits);
        history.checkpoint().ifPresent(this::requireAverage);
        int begun = progress.epochsBegun();
        if (training.epochs() < begun) {
            throw new InvalidInputException(new Problem(
                    run.path() + ": " + EPOCHS,
                    training.epochs().toString(),
                    "at least " + begun,
                    "so many epochs are done or begun"));
        }
        if (progress.ends(training)) {
            requireUnchanged(progress);
        }
        return history;
    }

    /**
     * Puts the result of a run aside that is trained further, as {@code result-of-N-epochs.json}: as long as there is none, the
     * run is not finished.
     *
     * @throws RunFailedException if that is not possible
     */
    public void keepResult(RunHistory history) {
        if (!RegularFiles.isThere(run.result()) || history.progress().ends(training)) {
            return;
        }
        int done = history.progress().epochsBegun();
        try {
            Files.move(
                    run.result(),
                    run.path().resolve("result-of-" + done + "-epochs.json"),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new RunFailedException("cannot rename " + run.result() + ": " + FileFailures.reason(e), e);
        }
    }

    private void requireAverage(Checkpoint checkpoint) {
        boolean averages = training.average() != null;
        if (averages != checkpoint.average().isPresent()) {
            throw new InvalidInputException(new Problem(
                    run.checkpoints().last().toString(),
                    averages ? "no average of the weights" : "an average of the weights",
                    averages ? "one, as training.average asks for" : "none, as there is no training.average",
                    "the file is damaged, or belongs to another run"));
        }
    }

    private void requirePlace(TrainingProgress progress, DataSplits splits) {
        int images = splits.train().count();
        int perEpoch = 1 + (images - 1) / training.imagesPerStep();
        if (progress.batches() > perEpoch || progress.sum().images() > images) {
            throw new InvalidInputException(new Problem(
                    run.checkpoints().last().toString(),
                    progress.batches() + " batches with " + progress.sum().images() + " images of an epoch",
                    "at most " + perEpoch + " batches with " + images + " images",
                    "the file is damaged, or belongs to another run"));
        }
    }

    private void requireUnchanged(TrainingProgress progress) {
        int done = progress.epoch() - 1;
        End end = progress.timeIsOver(training)
                ? End.TIME
                : done < training.epochs() ? End.EARLY_STOPPING : End.ALL_EPOCHS;
        TreeSet<String> changed = changed();
        changed.remove(PATH);
        if (end == End.ALL_EPOCHS) {
            changed.remove(EPOCHS);
        }
        if (end == End.TIME) {
            changed.remove(MAX_TIME);
        }
        if (!changed.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    run.path().toString(),
                    switch (end) {
                        case ALL_EPOCHS -> "a run with all of its " + done + " epochs done";
                        case EARLY_STOPPING -> "a run that early stopping has ended after " + done + " epochs";
                        case TIME -> "a run whose time of " + training.maxTime() + " is over";
                    },
                    "epochs to train with another " + String.join(", ", changed),
                    "a larger "
                            + switch (end) {
                                case ALL_EPOCHS -> EPOCHS;
                                case EARLY_STOPPING -> "training.earlyStopping.patience";
                                case TIME -> MAX_TIME;
                            }
                            + " adds some; evaluate measures the run on another engine"));
        }
    }

    /** Why nothing is left to train. */
    private enum End {
        ALL_EPOCHS,
        EARLY_STOPPING,
        TIME
    }

    /** Images without a checksum may be any others in another folder. */
    private void requireEvidence(RunHistory history) {
        boolean unknown =
                history.legs().stream().anyMatch(leg -> leg.dataChecksums().isEmpty());
        if (unknown && !Objects.equals(before.get(PATH), now.get(PATH))) {
            throw new InvalidInputException(new Problem(
                    run.path() + ": " + PATH,
                    Optional.ofNullable(now.get(PATH)).orElse("nothing"),
                    Optional.ofNullable(before.get(PATH)).orElse("nothing") + " as before",
                    "the images have no checksum that would tell whether these are the same"));
        }
    }

    private static void requireSame(Dataset dataset, Map<String, String> checksums) {
        if (!checksums.equals(dataset.checksums())) {
            TreeSet<String> files = new TreeSet<>(checksums.keySet());
            files.addAll(dataset.checksums().keySet());
            throw new InvalidInputException(new Problem(
                    "dataset",
                    "other data in "
                            + files.stream()
                                    .filter(file -> !Objects.equals(
                                            checksums.get(file),
                                            dataset.checksums().get(file)))
                                    .collect(Collectors.joining(", ")),
                    "the data that the run began with",
                    "its checksums are in provenance.json; train a new run for other data"));
        }
    }

    private TreeSet<String> changed() {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), now.get(key)));
        return keys;
    }
}
