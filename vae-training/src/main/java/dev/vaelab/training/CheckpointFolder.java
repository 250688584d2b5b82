package dev.vaelab.training;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checkpoints of a training: {@code best.safetensors} with the weights of the epoch with the lowest validation loss, or of the
 * last epoch if there are no validation images, {@code last.safetensors} with weights, optimizer state, moving average of the
 * weights if there is one, and progress of the latest one.
 *
 * <p>Both carry checksums, which are compared whenever they are read. Those of a time before there were any are read as well.
 *
 * <p>Each file is written beside its predecessor and then takes its place, so that a crash leaves one or the other.
 */
public final class CheckpointFolder {
    private static final String OPTIMIZER = "optimizer.";
    private static final String AVERAGE = "average.";

    private final Path folder;

    /** Uses a folder that exists. */
    public CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the weights of the best epoch are. */
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /** Where the latest state is. */
    public Path last() {
        return folder.resolve("last.safetensors");
    }

    /** Whether there is a state to go on from, sound or not. */
    public boolean hasLast() {
        return RegularFiles.isThere(last());
    }

    /**
     * Writes the weights of a new best epoch.
     *
     * @param loss its validation loss; infinite if there are no validation images
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void saveBest(NamedTensors weights, int epoch, double loss) {
        // In a fixed order, unlike Map.of: the same training writes the same bytes.
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("vaelab.epoch", Integer.toString(epoch));
        if (Double.isFinite(loss)) {
            metadata.put("vaelab.loss", Double.toString(loss));
        }
        write(best(), weights, metadata);
    }

    /**
     * Writes the latest state.
     *
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void saveLast(Checkpoint state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.weights().asMap());
        state.optimizer()
                .slots()
                .forEach((slot, moments) ->
                        moments.asMap().forEach((name, tensor) -> tensors.put(prefix(slot) + name, tensor)));
        state.average()
                .ifPresent(average -> average.asMap().forEach((name, tensor) -> tensors.put(AVERAGE + name, tensor)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        ProgressMetadata.put(metadata, state.optimizer().steps(), state.progress());
        write(last(), new NamedTensors(tensors), metadata);
    }

    /**
     * Does what a crash may have kept {@link Trainer} from: the latest state is saved before the best one, and if its epoch
     * was the best, the weights of both are the same. Whatever there is of the best epoch is checked before: a training that would
     * find it damaged at its end had better not begin.
     *
     * @param latest the latest state
     * @throws InvalidInputException if the file of the best epoch is damaged, or is missing and cannot be made
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void completeBest(Checkpoint latest, Architecture architecture) {
        TrainingProgress progress = latest.progress();
        if (progress.bestEpoch() == 0) {
            return;
        }
        boolean isLatest = progress.isBest();
        if (RegularFiles.isThere(best())) {
            requireSoundBest(architecture, isLatest);
        } else if (!isLatest) {
            throw new InvalidInputException(new Problem(
                    best().toString(),
                    "nothing",
                    "the weights of epoch " + progress.bestEpoch() + ", the best one",
                    "they are in no other file: use a copy, or train a new run"));
        }
        if (isLatest) {
            saveBest(latest.evaluated(), progress.bestEpoch(), progress.bestLoss());
        }
    }

    private void requireSoundBest(Architecture architecture, boolean canBeMade) {
        try {
            loadBest(architecture);
        } catch (InvalidInputException e) {
            if (!canBeMade) {
                throw e;
            }
            List<Problem> problems = new ArrayList<>(e.problems());
            problems.add(new Problem(
                    best().toString(),
                    "damage",
                    "the weights that " + last().getFileName() + " has as well",
                    "remove the file, and a resume makes it anew"));
            throw new InvalidInputException(problems);
        }
    }

    /**
     * Reads the weights of the best epoch.
     *
     * @throws InvalidInputException if the file is missing, damaged or not of this architecture
     */
    public NamedTensors loadBest(Architecture architecture) {
        return Safetensors.read(best()).tensors().requireExactly(architecture.tensors(), best().toString());
    }

    /**
     * Reads the latest state.
     *
     * @param optimizer whose state it must be
     * @throws InvalidInputException if the file is missing, damaged, not of this architecture or of another optimizer
     */
    public Checkpoint loadLast(Architecture architecture, OptimizerSettings optimizer) {
        String place = last().toString();
        Safetensors contents = Safetensors.read(last());
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> average = new LinkedHashMap<>();
        Map<String, Map<String, Tensor>> slots = new LinkedHashMap<>();
        contents.tensors().asMap().forEach((name, tensor) -> {
            if (name.startsWith(OPTIMIZER)) {
                String[] parts = name.substring(OPTIMIZER.length()).split("\\.", 2);
                slots.computeIfAbsent(parts[0], unused -> new LinkedHashMap<>()).put(parts[parts.length - 1], tensor);
            } else if (name.startsWith(AVERAGE)) {
                average.put(name.substring(AVERAGE.length()), tensor);
            } else {
                weights.put(name, tensor);
            }
        });
        requireSlots(slots.keySet(), optimizer);
        Map<String, NamedTensors> moments = new LinkedHashMap<>();
        optimizer
                .slots()
                .forEach(slot -> moments.put(
                        slot,
                        new NamedTensors(slots.get(slot))
                                .requireExactly(
                                        architecture.trainableTensors(), place + " (" + slot.replace('_', ' ') + ")")));
        NamedTensors sound = new NamedTensors(weights).requireExactly(architecture.tensors(), place);
        requireMeansOfSquares(moments, place);
        ProgressMetadata metadata = new ProgressMetadata(place, contents.metadata());
        TrainingProgress progress = metadata.progress();
        Optional<NamedTensors> soundAverage = average.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedTensors(average).requireExactly(architecture.tensors(), place + " (average)"));
        return new Checkpoint(sound, new OptimizerState(metadata.steps(), moments), soundAverage, progress);
    }

    /** A root of something negative would be NaN from the next step on. */
    private static void requireMeansOfSquares(Map<String, NamedTensors> moments, String place) {
        NamedTensors squares = moments.get(OptimizerSettings.Adam.SECOND_MOMENT);
        if (squares == null) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        squares.asMap()
                .forEach((name, tensor) -> tensor.firstNegative()
                        .ifPresent(index -> problems.add(Problem.of(
                                place + ": tensor " + prefix(OptimizerSettings.Adam.SECOND_MOMENT) + name,
                                tensor.values()[index] + " at index " + index,
                                "means of squares, which are not negative"))));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /**
     * The weights by which a training is evaluated, of the tensors of a file that holds all of its latest state: the moving average, if
     * there is one.
     *
     * @param tensors of any file
     * @return nothing of a file that is no such state, as it has nothing that an optimizer remembers and no average
     */
    public static Optional<NamedTensors> evaluatedOf(NamedTensors tensors) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> average = new LinkedHashMap<>();
        tensors.asMap().forEach((name, tensor) -> {
            if (name.startsWith(AVERAGE)) {
                average.put(name.substring(AVERAGE.length()), tensor);
            } else if (!name.startsWith(OPTIMIZER)) {
                weights.put(name, tensor);
            }
        });
        if (weights.size() == tensors.names().size()) {
            return Optional.empty();
        }
        return Optional.of(new NamedTensors(average.isEmpty() ? weights : average));
    }

    private void requireSlots(Set<String> found, OptimizerSettings optimizer) {
        if (found.size() != optimizer.slots().size() || !found.containsAll(optimizer.slots())) {
            throw new InvalidInputException(new Problem(
                    last().toString(),
                    "an optimizer that remembers " + (found.isEmpty() ? "nothing" : String.join(", ", found)),
                    String.join(", ", optimizer.slots()),
                    "a training goes on with the optimizer that it began with"));
        }
    }

    private static String prefix(String slot) {
        return OPTIMIZER + slot + ".";
    }

    private static void write(Path file, NamedTensors tensors, Map<String, String> metadata) {
        try {
            new Safetensors(tensors, metadata).writeWithChecksums(file);
        } catch (IOException e) {
            throw new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
        }
    }
}
