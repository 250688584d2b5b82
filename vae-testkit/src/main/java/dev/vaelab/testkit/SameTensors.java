package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;

/** Equality, bit for bit. */
final class SameTensors {
    private SameTensors() {}

    /** Requires the same names in the same order, and the same shapes. */
    static void requireLayout(NamedTensors expected, NamedTensors found) {
        assertEquals(List.copyOf(expected.names()), List.copyOf(found.names()), "names in canonical order");
        for (String name : expected.names()) {
            assertEquals(expected.get(name).shape(), found.get(name).shape(), "shape of " + name);
        }
    }

    /** Requires the same layout and the same values. */
    static void require(NamedTensors expected, NamedTensors found) {
        requireLayout(expected, found);
        for (String name : expected.names()) {
            assertArrayEquals(expected.values(name), found.values(name), name);
        }
    }

    /** Requires the same steps and slots. */
    static void require(OptimizerState expected, OptimizerState found) {
        assertEquals(expected.steps(), found.steps(), "steps");
        assertEquals(
                List.copyOf(expected.slots().keySet()),
                List.copyOf(found.slots().keySet()),
                "slots of the optimizer");
        expected.slots().forEach((slot, tensors) -> require(tensors, found.slot(slot)));
    }
}
