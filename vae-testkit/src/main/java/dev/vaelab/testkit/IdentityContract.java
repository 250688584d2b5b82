package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who the backend is. */
abstract class IdentityContract extends ContractGroup {
    IdentityContract(VaeBackendContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("ServiceLoader finds exactly one backend of this name")
    void discovery() {
        List<String> names = ServiceLoader.load(VaeBackend.class).stream()
                .map(provider -> provider.get().name())
                .filter(backend().name()::equals)
                .toList();
        assertEquals(
                List.of(backend().name()), names, "is it in META-INF/services/" + VaeBackend.class.getName() + "?");
    }

    @Test
    @DisplayName("the name is of lower-case letters, digits and hyphens and begins with a letter")
    void name() {
        assertTrue(backend().name().matches("[a-z][a-z0-9-]*"), backend().name());
    }

    @Test
    @DisplayName("the description is one line")
    void description() {
        assertFalse(backend().description().isBlank());
        assertEquals(1, backend().description().lines().count(), backend().description());
    }

    @Test
    @DisplayName("the engine says its name, its version and how many threads it uses")
    void engine() {
        EngineDescription engine = backend().engine();
        assertAll(
                () -> assertFalse(engine.name().isBlank(), "name"),
                () -> assertFalse(engine.version().isBlank(), "version"),
                () -> assertTrue(engine.threads() >= 1, "threads: " + engine.threads()));
    }

    @Test
    @DisplayName("the matrix product that speed is compared with is one, if there is one, and stays one when repeated")
    void matrixProduct() {
        int size = 67;
        float[] left = new RandomStreams(1).gaussian(size * size, Purpose.WEIGHTS);
        float[] right = new RandomStreams(2).gaussian(size * size, Purpose.WEIGHTS);
        backend().matrixProduct(size, left, right).ifPresent(product -> {
            try (product) {
                Comparison comparison = comparison("matrix product", size);
                float[] expected = product(size, left, right);
                product.compute();
                comparison.require("product", product.values(), expected, Tolerances.ofValues(expected));
                product.compute();
                comparison.require("second product", product.values(), expected, Tolerances.ofValues(expected));
                comparison.report();
            }
        });
    }

    private static float[] product(int size, float[] left, float[] right) {
        float[] product = new float[size * size];
        for (int index = 0; index < product.length; index++) {
            double sum = 0;
            for (int inner = 0; inner < size; inner++) {
                sum += (double) left[index / size * size + inner] * right[inner * size + index % size];
            }
            product[index] = (float) sum;
        }
        return product;
    }
}
