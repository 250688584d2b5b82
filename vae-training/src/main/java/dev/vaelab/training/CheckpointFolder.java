package dev.vaelab.training;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The checkpoints of a training: {@code best.safetensors} with the weights of the epoch with the lowest validation loss,
 * {@code last.safetensors} with weights, optimizer state and progress of the latest one.
 *
 * <p>Each file is written beside its predecessor and then takes its place, so that a crash leaves one or the other.
 */
public final class CheckpointFolder {
    private static final String OPTIMIZER = "optimizer.";

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

    /** Whether there is a state to go on from. */
    public boolean hasLast() {
        return Files.exists(last());
    }

    /**
     * Writes the weights of a new best epoch.
     *
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void saveBest(NamedTensors weights, int epoch, double loss) {
        // In a fixed order, unlike Map.of: the same training writes the same bytes.
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("vaelab.epoch", Integer.toString(epoch));
        metadata.put("vaelab.loss", Double.toString(loss));
        write(best(), weights, metadata);
    }

    /**
     * Writes the latest state.
     *
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void saveLast(NamedTensors weights, OptimizerState optimizer, TrainingProgress progress) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        optimizer
                .slots()
                .forEach((slot, moments) ->
                        moments.asMap().forEach((name, tensor) -> tensors.put(prefix(slot) + name, tensor)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("vaelab.optimizer.steps", Long.toString(optimizer.steps()));
        metadata.put("vaelab.epoch", Integer.toString(progress.epoch()));
        metadata.put("vaelab.batches", Integer.toString(progress.batches()));
        metadata.put("vaelab.sum.reconstruction", Double.toString(progress.sum().reconstruction()));
        metadata.put("vaelab.sum.kl", Double.toString(progress.sum().kl()));
        metadata.put("vaelab.sum.images", Long.toString(progress.sum().images()));
        metadata.put("vaelab.best.epoch", Integer.toString(progress.bestEpoch()));
        metadata.put("vaelab.best.loss", Double.toString(progress.bestLoss()));
        metadata.put("vaelab.patience.loss", Double.toString(progress.patience().loss()));
        metadata.put(
                "vaelab.patience.epochs", Integer.toString(progress.patience().epochs()));
        write(last(), new NamedTensors(tensors), metadata);
    }

    /**
     * Does what a crash may have kept {@link Trainer} from: the latest state is saved before the best one, and if its epoch
     * was the best, the weights of both are the same.
     *
     * @param latest the latest state
     * @throws RunFailedException if the file cannot be written; the previous one is intact
     */
    public void completeBest(Checkpoint latest) {
        TrainingProgress progress = latest.progress();
        boolean betweenEpochs = progress.batches() == 0;
        if (betweenEpochs && progress.bestEpoch() > 0 && progress.bestEpoch() == progress.epoch() - 1) {
            saveBest(latest.weights(), progress.bestEpoch(), progress.bestLoss());
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
        Map<String, Map<String, Tensor>> slots = new LinkedHashMap<>();
        contents.tensors().asMap().forEach((name, tensor) -> {
            if (name.startsWith(OPTIMIZER)) {
                String[] parts = name.substring(OPTIMIZER.length()).split("\\.", 2);
                slots.computeIfAbsent(parts[0], unused -> new LinkedHashMap<>()).put(parts[parts.length - 1], tensor);
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
        long steps = Long.parseLong(entry(contents.metadata(), "vaelab.optimizer.steps"));
        return new Checkpoint(
                new NamedTensors(weights).requireExactly(architecture.tensors(), place),
                new OptimizerState(steps, moments),
                progress(contents.metadata()));
    }

    private TrainingProgress progress(Map<String, String> metadata) {
        FigureSum sum = new FigureSum(
                Double.parseDouble(entry(metadata, "vaelab.sum.reconstruction")),
                Double.parseDouble(entry(metadata, "vaelab.sum.kl")),
                Long.parseLong(entry(metadata, "vaelab.sum.images")));
        Patience patience = new Patience(
                Double.parseDouble(entry(metadata, "vaelab.patience.loss")),
                Integer.parseInt(entry(metadata, "vaelab.patience.epochs")));
        return new TrainingProgress(
                Integer.parseInt(entry(metadata, "vaelab.epoch")),
                Integer.parseInt(entry(metadata, "vaelab.batches")),
                sum,
                Integer.parseInt(entry(metadata, "vaelab.best.epoch")),
                Double.parseDouble(entry(metadata, "vaelab.best.loss")),
                patience);
    }

    private void requireSlots(Set<String> found, OptimizerSettings optimizer) {
        if (found.size() != optimizer.slots().size() || !found.containsAll(optimizer.slots())) {
            throw new InvalidInputException(new Problem(
                    last().toString(),
                    "an optimizer that remembers " + String.join(", ", found),
                    String.join(", ", optimizer.slots()),
                    "a training goes on with the optimizer that it began with"));
        }
    }

    private static String prefix(String slot) {
        return OPTIMIZER + slot + ".";
    }

    private String entry(Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new InvalidInputException(new Problem(
                    last() + ": metadata " + key,
                    "nothing",
                    "the progress of a training",
                    "use a checkpoint that train has written"));
        }
        return value;
    }

    private static void write(Path file, NamedTensors tensors, Map<String, String> metadata) {
        try {
            new Safetensors(tensors, metadata).write(file);
        } catch (IOException e) {
            throw new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
        }
    }
}
