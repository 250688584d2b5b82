package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights and optimizer state, in and out. */
abstract class WeightsContract extends ContractGroup {
    WeightsContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("weights come out of a new model as they went in, bit for bit and in canonical order")
    void roundTrip(ContractCase tried) {
        try (VaeModel<?> model = model(tried.request(OptimizerSettings.ADAM))) {
            requireSame(tried.weights(), model.weights());
        }
    }

    private static void requireSame(NamedTensors expected, NamedTensors found) {
        assertEquals(List.copyOf(expected.names()), List.copyOf(found.names()));
        for (String name : expected.names()) {
            assertEquals(expected.get(name).shape(), found.get(name).shape(), name);
            assertArrayEquals(expected.values(name), found.values(name), name);
        }
    }
}
