package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights and optimizer state, in and out. */
abstract class StateContract extends ContractGroup {
    StateContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("weights come out as they went in, bit for bit and in canonical order")
    void weights(ContractCase tried) {
        try (VaeModel<?> model = model(tried)) {
            SameTensors.require(tried.weights(), model.weights());
        }
    }

    @Test
    @DisplayName("weights are taken in any order")
    void order() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = create(ModelRequest.of(tried.architecture(), reversed(tried.weights())))) {
            SameTensors.require(tried.weights(), model.weights());
            model.loadWeights(reversed(tried.weights()));
            SameTensors.require(tried.weights(), model.weights());
        }
    }

    @Test
    @DisplayName("an optimizer begins without steps and with moments of zero")
    void beginning() {
        try (VaeModel<?> model = model(ContractCase.TINY);
                VaeModel<?> oracle = oracle(ContractCase.TINY)) {
            SameTensors.require(oracle.optimizerState(), model.optimizerState());
        }
    }

    @Test
    @DisplayName("what was handed out is a copy: it neither changes in the next step nor changes the model")
    void copies() {
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            step(model, 0);
            NamedTensors weights = model.weights();
            OptimizerState state = model.optimizerState();
            NamedTensors weightsThen = copy(weights);
            OptimizerState stateThen = copy(state);
            step(model, 1);
            SameTensors.require(weightsThen, weights);
            SameTensors.require(stateThen, state);

            NamedTensors weightsNow = model.weights();
            OptimizerState stateNow = model.optimizerState();
            NamedTensors scribbled = model.weights();
            scribbled.asMap().values().forEach(tensor -> Arrays.fill(tensor.values(), 7));
            OptimizerState scribbledState = model.optimizerState();
            scribbledState
                    .slots()
                    .values()
                    .forEach(slot -> slot.asMap().values().forEach(tensor -> Arrays.fill(tensor.values(), 7)));
            SameTensors.require(weightsNow, model.weights());
            SameTensors.require(stateNow, model.optimizerState());
        }
    }

    @Test
    @DisplayName("loading weights keeps the optimizer state, and loading optimizer state keeps the weights")
    void separate() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried)) {
            step(model, 0);
            NamedTensors weights = model.weights();
            OptimizerState state = model.optimizerState();
            step(model, 1);
            OptimizerState later = model.optimizerState();
            model.loadWeights(weights);
            SameTensors.require(weights, model.weights());
            SameTensors.require(later, model.optimizerState());
            model.loadOptimizerState(state);
            SameTensors.require(weights, model.weights());
            SameTensors.require(state, model.optimizerState());
        }
    }

    @Test
    @DisplayName("a fresh model with the weights and the optimizer state of another goes on as that one, bit for bit")
    void resume() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried)) {
            step(model, 0);
            step(model, 1);
            NamedTensors weights = model.weights();
            OptimizerState state = model.optimizerState();
            if (precision() == Precision.FLOAT64) {
                model.loadWeights(copy(weights));
                model.loadOptimizerState(copy(state));
            }
            try (VaeModel<?> fresh = model(tried)) {
                fresh.loadWeights(copy(weights));
                fresh.loadOptimizerState(copy(state));
                for (int batch = 2; batch < 5; batch++) {
                    assertEquals(step(model, batch), step(fresh, batch));
                }
                SameTensors.require(model.weights(), fresh.weights());
                SameTensors.require(model.optimizerState(), fresh.optimizerState());
            }
        }
    }

    @Test
    @DisplayName(
            "the moving average of the weights follows them as its formula says, soon at first, and later by its decay")
    void average() {
        ContractCase tried = ContractCase.TINY;
        AverageConfig settings = new AverageConfig(0.25);
        try (VaeModel<?> model = create(tried.request().withAverage(settings))) {
            NamedTensors before = model.averagedWeights().orElseThrow();
            SameTensors.require(tried.weights(), before);
            for (int step = 1; step <= 4; step++) {
                model.step(tried.batch(step).split(3), new StepSettings(0.01, 1));
                double kept = step == 1 ? 2.0 / 11 : 0.25;
                NamedTensors weights = model.weights();
                NamedTensors average = model.averagedWeights().orElseThrow();
                for (String name : average.names()) {
                    float[] found = average.values(name);
                    for (int index = 0; index < found.length; index++) {
                        double then = before.values(name)[index];
                        double now = weights.values(name)[index];
                        double expected = kept * then + (1 - kept) * now;
                        double rounding = 4 * Math.ulp((float) Math.max(Math.abs(then), Math.abs(now)));
                        assertEquals(expected, found[index], rounding, name + " after step " + step);
                    }
                }
                before = average;
            }
        }
    }

    @Test
    @DisplayName(
            "a model goes on with the moving average of another, bit for bit, and keeps none that it was not asked for")
    void resumeOfAverage() {
        ContractCase tried = ContractCase.TINY;
        ModelRequest request = tried.request().withAverage(new AverageConfig(0.5));
        try (VaeModel<?> model = create(request);
                VaeModel<?> fresh = create(request);
                VaeModel<?> plain = model(tried)) {
            step(model, 0);
            NamedTensors weights = copy(model.weights());
            OptimizerState state = copy(model.optimizerState());
            NamedTensors average = copy(model.averagedWeights().orElseThrow());
            for (VaeModel<?> either : List.of(model, fresh)) {
                either.loadWeights(weights);
                either.loadOptimizerState(state);
                either.loadAveragedWeights(average);
                step(either, 1);
                step(either, 2);
            }
            SameTensors.require(
                    model.averagedWeights().orElseThrow(),
                    fresh.averagedWeights().orElseThrow());
            assertEquals(Optional.empty(), plain.averagedWeights());
            assertThrows(IllegalStateException.class, () -> plain.loadAveragedWeights(average));
        }
    }

    @Test
    @DisplayName("two models of one backend do not disturb each other")
    void twoModels() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> alone = model(tried);
                VaeModel<?> disturbed = model(tried);
                VaeModel<?> other = model(ContractCase.grey().toList().get(2))) {
            for (int batch = 0; batch < 3; batch++) {
                Figures expected = step(alone, batch);
                other.step(ContractCase.grey().toList().get(2).batch(batch), new StepSettings(0.1, 1));
                assertEquals(expected, step(disturbed, batch));
            }
            SameTensors.require(alone.weights(), disturbed.weights());
        }
    }

    private static Figures step(VaeModel<?> model, int batch) {
        return model.step(ContractCase.TINY.batch(batch), new StepSettings(0.01, 1));
    }

    private static OptimizerState copy(OptimizerState state) {
        Map<String, NamedTensors> slots = new LinkedHashMap<>();
        state.slots().forEach((name, tensors) -> slots.put(name, copy(tensors)));
        return new OptimizerState(state.steps(), slots);
    }

    private static NamedTensors copy(NamedTensors tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.asMap()
                .forEach((name, tensor) -> copies.put(
                        name, new Tensor(tensor.shape(), tensor.values().clone())));
        return new NamedTensors(copies);
    }

    private static NamedTensors reversed(NamedTensors tensors) {
        List<String> names = new ArrayList<>(tensors.names());
        Collections.reverse(names);
        Map<String, Tensor> reversed = new LinkedHashMap<>();
        names.forEach(name -> reversed.put(name, tensors.get(name)));
        return new NamedTensors(reversed);
    }
}
