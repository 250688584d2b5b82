package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Opening, closing, and what remains. */
abstract class ResourceContract extends ContractGroup {
    private static final StepSettings SETTINGS = new StepSettings(0.001, 1);

    ResourceContract(VaeBackendContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a closed model may be closed again, and refuses everything else with IllegalStateException")
    void closedModel() {
        ContractCase tried = ContractCase.TINY;
        VaeModel<?> model = model(tried);
        NamedTensors weights = model.weights();
        OptimizerState state = model.optimizerState();
        model.close();
        model.close();
        assertAll(
                () -> requireClosed(model::architecture),
                () -> requireClosed(model::encoder),
                () -> requireClosed(model::decoder),
                () -> requireClosed(() -> model.evaluate(tried.batch(0), 1)),
                () -> requireClosed(model::openScope),
                () -> requireClosed(() -> model.step(tried.batch(0), SETTINGS)),
                () -> requireClosed(() -> model.gradients(tried.batch(0), 1)),
                () -> requireClosed(model::weights),
                () -> requireClosed(() -> model.loadWeights(weights)),
                () -> requireClosed(model::optimizerState),
                () -> requireClosed(() -> model.loadOptimizerState(state)));
    }

    private static void requireClosed(Executable call) {
        assertThrows(IllegalStateException.class, call);
    }

    @Test
    @DisplayName("a scope gives values back as it took them, and may be closed twice")
    void scope() {
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            requireRoundTrip(model);
        }
    }

    private static <T> void requireRoundTrip(VaeModel<T> model) {
        float[] values = {0, -0.0f, 1, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
        TensorScope<T> scope = model.openScope();
        T tensor = scope.upload(values, 2, 3);
        assertArrayEquals(values, scope.download(tensor));
        scope.close();
        scope.close();
    }

    @Test
    @DisplayName("a scope takes a copy: what is uploaded may be overwritten afterwards")
    void uploadCopies() {
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            requireCopy(model);
        }
    }

    private static <T> void requireCopy(VaeModel<T> model) {
        float[] values = {1, 2, 3};
        try (TensorScope<T> scope = model.openScope()) {
            T tensor = scope.upload(values, 3);
            values[0] = 7;
            assertArrayEquals(new float[] {1, 2, 3}, scope.download(tensor));
        }
    }

    @Test
    @DisplayName("a closed scope takes nothing and gives nothing: IllegalStateException")
    void closedScope() {
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            requireClosedScope(model);
        }
    }

    private static <T> void requireClosedScope(VaeModel<T> model) {
        TensorScope<T> scope = model.openScope();
        T tensor = scope.upload(new float[3], 3);
        scope.close();
        requireClosed(() -> scope.upload(new float[3], 3));
        requireClosed(() -> scope.download(tensor));
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("training steps, gradients and evaluations leave no memory behind")
    void steps() {
        ContractCase tried = ContractCase.WIDE;
        Batch batch = tried.batch(0);
        int steps = 4;
        try (VaeModel<?> model = model(tried)) {
            MemoryGrowth.requireLess(
                    backend().name() + ": rounds of " + steps + " steps",
                    (long) steps * Float.BYTES * batch.images().length,
                    () -> {
                        for (int step = 0; step < steps; step++) {
                            model.step(batch, SETTINGS);
                            model.gradients(batch, 1);
                            ForwardPass.of(model, batch, Phase.EVALUATION);
                        }
                    });
        }
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("models that are closed, and weights and optimizer states in and out, leave no memory behind")
    void models() {
        ContractCase tried = ContractCase.RECIPE;
        ModelRequest request = tried.request();
        long weights = request.weights().asMap().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
        int models = 2;
        MemoryGrowth.requireLess(
                backend().name() + ": rounds of " + models + " models", models * Float.BYTES * weights, () -> {
                    for (int count = 0; count < models; count++) {
                        try (VaeModel<?> model = create(request)) {
                            model.loadWeights(model.weights());
                            model.loadOptimizerState(model.optimizerState());
                        }
                    }
                });
    }
}
