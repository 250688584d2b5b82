package dev.vaelab.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The checkpoints of a training")
class CheckpointFolderTest {
    private static final TrainingProgress PROGRESS = new TrainingProgress(
            5,
            3,
            new FigureSum(Map.of("reconstruction", 300.5, "kl", 7.25, "loss", 300.5 + 7.25), 96),
            4,
            0,
            97.5,
            new Patience(97.5, 0),
            Duration.ZERO);

    @TempDir
    private Path path;

    private CheckpointFolder folder;

    @BeforeEach
    void write() {
        folder = new CheckpointFolder(path);
        folder.saveBest(weights(0.5f), 4, 97.5);
        folder.saveLast(new Checkpoint(weights(0.25f), optimizer(0.125f), Optional.empty(), PROGRESS));
    }

    @Test
    @DisplayName("give back weights, optimizer and progress")
    void roundTrip() {
        Checkpoint last = last();
        assertEquals(PROGRESS, last.progress());
        assertEquals(131, last.optimizer().steps());
        assertEquals(
                0.25f,
                folder.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM)
                        .weights()
                        .values("encoder.fc.bias")[0]);
        assertEquals(0.5f, folder.loadBest(RecordingModel.ARCHITECTURE).values("encoder.fc.bias")[0]);
    }

    @Test
    @DisplayName("are refused, whichever single bit of a value is another one")
    void everyValueIsCovered() throws IOException {
        for (Path file : List.of(folder.best(), folder.last())) {
            byte[] sound = Files.readAllBytes(file);
            // A prime step, so that every place within a byte and within a value has its turn.
            for (long bit = 0; bit < sound.length * 8L; bit += 131) {
                byte[] damaged = sound.clone();
                damaged[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
                Files.write(file, damaged);
                String place = file.getFileName() + ", bit " + bit;
                InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> load(file), place);
                assertTrue(refusal.getMessage().startsWith(file.toString()), refusal::getMessage);
            }
            Files.write(file, sound);
        }
    }

    @Test
    @DisplayName("of a time before there were checksums are read")
    void withoutChecksums() throws IOException {
        for (Path file : List.of(folder.best(), folder.last())) {
            Safetensors content = Safetensors.read(file);
            Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
            metadata.keySet().removeIf(key -> key.startsWith("vaelab.sha256") || key.equals("vaelab.format"));
            new Safetensors(content.tensors(), metadata).write(file);
        }
        roundTrip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vaelab.epoch | 0 | a whole number of at least 1",
                "vaelab.epoch | -3 | a whole number of at least 1",
                "vaelab.epoch | five | a whole number of at least 1",
                "vaelab.epoch | 5.0 | a whole number of at least 1",
                "vaelab.epoch | 2147483648 | a whole number of at least 1",
                "vaelab.epoch | 3 | an epoch before 3, which is in work",
                "vaelab.batches | -1 | a whole number of at least 0",
                "vaelab.batches | 0 | 0, as no batch of the epoch is done",
                "vaelab.sum.reconstruction | NaN | a finite number",
                "vaelab.sum.kl | Infinity | a finite number",
                "vaelab.sum.images | 0 | the images of 3 batches",
                "vaelab.sum.images | 1e3 | a whole number of at least 0",
                "vaelab.best.epoch | 5 | an epoch before 5, which is in work",
                "vaelab.best.epoch | 0 | Infinity, as no epoch is the best",
                "vaelab.best.loss | NaN | a validation loss",
                "vaelab.best.loss | -Infinity | a validation loss",
                "vaelab.best.loss | Infinity | the loss of epoch 4",
                "vaelab.patience.loss | NaN | a validation loss",
                "vaelab.patience.epochs | 5 | fewer than 5, which is in work",
                "vaelab.optimizer.steps | -1 | a whole number of at least 0",
                "vaelab.optimizer.steps | many | a whole number of at least 0"
            })
    @DisplayName("are refused if the progress in them is not one, with the key")
    void wrongProgress(String key, String value, String expected) throws IOException {
        rewriteLast(Map.of(key, value));
        String message = assertThrows(InvalidInputException.class, this::last).getMessage();
        assertTrue(message.contains("last.safetensors: metadata vaelab."), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    @DisplayName("are refused if progress is missing, all of it at once")
    void missingProgress() throws IOException {
        Safetensors content = Safetensors.read(folder.last());
        new Safetensors(content.tensors(), Map.of("format", "pt")).write(folder.last());
        List<String> lines = assertThrows(InvalidInputException.class, this::last)
                .getMessage()
                .lines()
                .toList();
        assertEquals(9, lines.size(), lines.toString());
        assertEquals(
                folder.last()
                        + ": metadata vaelab.epoch: found nothing, expected a whole number of at least 1; the file"
                        + " is damaged, or is no checkpoint that train has written",
                lines.get(0));
    }

    @Test
    @DisplayName("are refused with a variance or a mean of squares below zero")
    void negative() throws IOException {
        replace(folder.best(), "encoder.bn1.running_var", -0.5f);
        assertEquals(
                folder.best() + ": tensor encoder.bn1.running_var: found -0.5 at index 0, expected variances, which are"
                        + " not negative",
                assertThrows(InvalidInputException.class, () -> load(folder.best()))
                        .getMessage());
        replace(folder.last(), "optimizer.second_moment.encoder.fc.bias", -0.5f);
        assertEquals(
                folder.last()
                        + ": tensor optimizer.second_moment.encoder.fc.bias: found -0.5 at index 0, expected means"
                        + " of squares, which are not negative",
                assertThrows(InvalidInputException.class, this::last).getMessage());
    }

    private Checkpoint last() {
        return folder.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
    }

    private void load(Path file) {
        if (file.equals(folder.best())) {
            folder.loadBest(RecordingModel.ARCHITECTURE);
        } else {
            last();
        }
    }

    /** As a program would that knows how to make checksums, and what it writes is wrong all the same. */
    private void rewriteLast(Map<String, String> changes) throws IOException {
        Safetensors content = Safetensors.read(folder.last());
        Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
        metadata.putAll(changes);
        new Safetensors(content.tensors(), metadata).writeWithChecksums(folder.last());
    }

    private static void replace(Path file, String name, float value) throws IOException {
        Safetensors content = Safetensors.read(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors().asMap());
        float[] values = tensors.get(name).values().clone();
        values[0] = value;
        tensors.put(name, new Tensor(tensors.get(name).shape(), values));
        new Safetensors(new NamedTensors(tensors), content.metadata()).writeWithChecksums(file);
    }

    private static NamedTensors weights(float value) {
        return filled(RecordingModel.ARCHITECTURE.tensors(), value);
    }

    private static OptimizerState optimizer(float value) {
        Map<String, NamedTensors> slots = new LinkedHashMap<>();
        OptimizerSettings.ADAM
                .slots()
                .forEach(slot -> slots.put(slot, filled(RecordingModel.ARCHITECTURE.trainableTensors(), value)));
        return new OptimizerState(131, slots);
    }

    private static NamedTensors filled(List<TensorSpecification> specifications, float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification specification : specifications) {
            float[] values = new float[specification.size()];
            Arrays.fill(values, value);
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
        }
        return new NamedTensors(tensors);
    }
}
