package dev.vaelab.api.training;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checkpoints of a training: {@code best.safetensors} with the weights of the epoch with the lowest validation loss,
 * {@code last.safetensors} with weights, optimizer state and progress of the latest one.
 *
 * <p>Each file is written beside its predecessor and then takes its place, so that a crash leaves one or the other.
 */
public final class CheckpointFolder {
    private static final String FIRST_MOMENT = "optimizer.first_moment.";
    private static final String SECOND_MOMENT = "optimizer.second_moment.";

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
        optimizer.firstMoment().asMap().forEach((name, tensor) -> tensors.put(FIRST_MOMENT + name, tensor));
        optimizer.secondMoment().asMap().forEach((name, tensor) -> tensors.put(SECOND_MOMENT + name, tensor));
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
     * @throws InvalidInputException if the file is missing, damaged or not of this architecture
     */
    public Checkpoint loadLast(Architecture architecture) {
        String place = last().toString();
        Safetensors contents = Safetensors.read(last());
        Map<String, String> metadata = contents.metadata();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> firstMoment = new LinkedHashMap<>();
        Map<String, Tensor> secondMoment = new LinkedHashMap<>();
        contents.tensors().asMap().forEach((name, tensor) -> {
            if (name.startsWith(FIRST_MOMENT)) {
                firstMoment.put(name.substring(FIRST_MOMENT.length()), tensor);
            } else if (name.startsWith(SECOND_MOMENT)) {
                secondMoment.put(name.substring(SECOND_MOMENT.length()), tensor);
            } else {
                weights.put(name, tensor);
            }
        });
        List<TensorSpecification> trainable = architecture.trainableTensors();
        OptimizerState optimizer = new OptimizerState(
                Long.parseLong(entry(metadata, "vaelab.optimizer.steps")),
                new NamedTensors(firstMoment).requireExactly(trainable, place + " (first moment)"),
                new NamedTensors(secondMoment).requireExactly(trainable, place + " (second moment)"));
        FigureSum sum = new FigureSum(
                Double.parseDouble(entry(metadata, "vaelab.sum.reconstruction")),
                Double.parseDouble(entry(metadata, "vaelab.sum.kl")),
                Long.parseLong(entry(metadata, "vaelab.sum.images")));
        TrainingProgress progress = new TrainingProgress(
                Integer.parseInt(entry(metadata, "vaelab.epoch")),
                Integer.parseInt(entry(metadata, "vaelab.batches")),
                sum,
                Integer.parseInt(entry(metadata, "vaelab.best.epoch")),
                Double.parseDouble(entry(metadata, "vaelab.best.loss")));
        return new Checkpoint(
                new NamedTensors(weights).requireExactly(architecture.tensors(), place), optimizer, progress);
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
