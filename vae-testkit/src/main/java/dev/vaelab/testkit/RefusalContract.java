package dev.vaelab.testkit;

import static dev.vaelab.api.backend.OptimizerSettings.Adam.FIRST_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Adam.SECOND_MOMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a backend does not take, and how it says so. A refusal changes nothing. */
abstract class RefusalContract extends ContractGroup {
    private static final ContractCase TRIED = ContractCase.TINY;
    private static final StepSettings SETTINGS = new StepSettings(0.001, 1);

    /** What {@link #spoil} does to named tensors, as a backend must report it, for tensors of this place. */
    private static List<Problem> problems(String place) {
        return List.of(
                Problem.of(place + ": tensor encoder.conv1.bias", "NaN at index 1", "finite values only"),
                Problem.of(place + ": tensor encoder.fc.weight", "nothing", "shape [8, 16]"),
                Problem.of(place + ": tensor decoder.fc1.bias", "shape [9]", "shape [8]"),
                Problem.of(place + ": tensor encoder.conv9.bias", "shape [2]", "no tensor of this name in the model"));
    }

    /** One tensor is as it should be and has other values, which whoever loads before everything is checked takes over. */
    private static NamedTensors spoil(NamedTensors tensors) {
        Map<String, Tensor> spoiled = new LinkedHashMap<>(tensors.asMap());
        spoiled.put("encoder.conv1.weight", other(tensors.get("encoder.conv1.weight")));
        spoiled.put("encoder.conv1.bias", new Tensor(List.of(3), new float[] {0, Float.NaN, 0}));
        spoiled.remove("encoder.fc.weight");
        spoiled.put("decoder.fc1.bias", new Tensor(List.of(9), new float[9]));
        spoiled.put("encoder.conv9.bias", new Tensor(List.of(2), new float[2]));
        return new NamedTensors(spoiled);
    }

    private static Tensor other(Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] += 1;
        }
        return new Tensor(tensor.shape(), values);
    }

    RefusalContract(VaeBackendContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("create() refuses missing, surplus, misshapen and NaN weights, all problems at once")
    void create() {
        ModelRequest request = ModelRequest.of(TRIED.architecture(), spoil(TRIED.weights()));
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> create(request).close());
        assertEquals(problems("weights"), refusal.problems());
    }

    @Test
    @DisplayName("loadWeights() refuses missing, surplus, misshapen and NaN weights, all at once, and changes nothing")
    void loadWeights() {
        try (VaeModel<?> model = model(TRIED)) {
            NamedTensors spoiled = spoil(TRIED.weights());
            InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> model.loadWeights(spoiled));
            assertEquals(problems("weights"), refusal.problems());
            SameTensors.require(TRIED.weights(), model.weights());
        }
    }

    @Test
    @DisplayName("loadOptimizerState() refuses moments that are not those of the model, and changes nothing")
    void loadMoments() {
        try (VaeModel<?> model = model(TRIED)) {
            OptimizerState before = model.optimizerState();
            NamedTensors firstMoment = before.slot(FIRST_MOMENT);
            NamedTensors secondMoment = before.slot(SECOND_MOMENT);
            OptimizerState first = adam(1, spoil(firstMoment), secondMoment);
            OptimizerState second = adam(1, firstMoment, spoil(secondMoment));
            OptimizerState neither = new OptimizerState(1, Map.of("velocity", firstMoment));
            assertEquals(
                    "optimizer slots: found velocity, expected first_moment, second_moment",
                    assertThrows(InvalidInputException.class, () -> model.loadOptimizerState(neither))
                            .getMessage());
            assertEquals(
                    problems("first moment"),
                    assertThrows(InvalidInputException.class, () -> model.loadOptimizerState(first))
                            .problems());
            assertEquals(
                    problems("second moment"),
                    assertThrows(InvalidInputException.class, () -> model.loadOptimizerState(second))
                            .problems());
            SameTensors.require(before, model.optimizerState());
        }
    }

    private static OptimizerState adam(long steps, NamedTensors firstMoment, NamedTensors secondMoment) {
        return new OptimizerState(steps, Map.of(FIRST_MOMENT, firstMoment, SECOND_MOMENT, secondMoment));
    }

    @Test
    @DisplayName("loadOptimizerState() refuses a negative number of steps, and changes nothing")
    void loadSteps() {
        try (VaeModel<?> model = model(TRIED)) {
            OptimizerState before = model.optimizerState();
            model.step(TRIED.batch(0), SETTINGS);
            OptimizerState now = model.optimizerState();
            OptimizerState negative = new OptimizerState(-1, before.slots());
            InvalidInputException refusal =
                    assertThrows(InvalidInputException.class, () -> model.loadOptimizerState(negative));
            assertEquals("optimizer steps: found -1, expected 0 or more", refusal.getMessage());
            SameTensors.require(now, model.optimizerState());
        }
    }

    @Test
    @DisplayName("step() and gradients() refuse a batch whose images or noise are too short or too long")
    void batchLengths() {
        Batch batch = TRIED.batch(0);
        requireBatchRefusal(
                TRIED,
                new Batch(5, new float[319], batch.noise()),
                "a batch of 5 needs 5 x 64 values of images, found 319");
        requireBatchRefusal(
                TRIED,
                new Batch(5, batch.images(), new float[11]),
                "a batch of 5 needs 5 x 2 values of noise, found 11");
        requireBatchRefusal(
                TRIED, new Batch(0, new float[0], new float[0]), "a batch of 0 needs 0 x 64 values of images, found 0");
    }

    @Test
    @DisplayName("step() and gradients() refuse to normalize a single value per channel, as PyTorch does")
    void singleValue() {
        ContractCase onePixel = new ContractCase(new Architecture(new ImageShape(1, 4, 4), List.of(2, 3), 4, 2), 1);
        requireBatchRefusal(
                onePixel,
                onePixel.batch(0),
                "batch normalization needs more than one value per channel in training,"
                        + " found a batch of 1 with features of one pixel");
    }

    private void requireBatchRefusal(ContractCase tried, Batch batch, String message) {
        try (VaeModel<?> model = model(tried)) {
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> model.step(batch, SETTINGS))
                            .getMessage());
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> model.gradients(batch, 1))
                            .getMessage());
            SameTensors.require(tried.weights(), model.weights());
            assertEquals(0, model.optimizerState().steps());
        }
    }

    @Test
    @DisplayName("upload() refuses values that do not fill the shape")
    void upload() {
        try (VaeModel<?> model = model(TRIED);
                TensorScope<?> scope = model.openScope()) {
            assertThrows(IllegalArgumentException.class, () -> scope.upload(new float[5], 2, 3));
        }
    }
}
