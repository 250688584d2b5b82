package dev.vaelab.api.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.graph.WrittenGraph.Formula;
import dev.vaelab.api.tensor.OperationScope;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The operations of an engine that computes in graphs")
class GraphOperationsTest {
    private final WrittenGraph graph = new WrittenGraph();
    private final GraphOperations<Formula, float[]> operations = new GraphOperations<>(graph);

    private GraphTensor<Formula, float[]> upload(float number) {
        return operations.upload(new float[] {number});
    }

    private float download(GraphTensor<Formula, float[]> tensor) {
        return operations.download(tensor)[0];
    }

    @Test
    @DisplayName("compute nothing that nobody looks at, and build a node once for all steps")
    void onlyWhatIsAsked() {
        int built = 0;
        for (int step = 0; step < 3; step++) {
            try (OperationScope scope = operations.openScope()) {
                GraphTensor<Formula, float[]> number = upload(step);
                operations.multiply(number, operations.constant(7));
                assertEquals(step + 2, download(operations.add(number, operations.constant(2))));
            }
            assertTrue(step == 0 || graph.built == built, "nodes of step " + step);
            built = graph.built;
        }
        assertEquals(0, graph.products);
        assertEquals(0, graph.alive.size());
    }

    /** Looks at two figures of one product, and moves a variable by it. */
    private float step(GraphTensor<Formula, float[]> variable, float number) {
        try (OperationScope scope = operations.openScope()) {
            GraphTensor<Formula, float[]> product = operations.multiply(variable, upload(number));
            GraphTensor<Formula, float[]> first = operations.add(product, operations.constant(1));
            GraphTensor<Formula, float[]> second = operations.add(product, operations.constant(2));
            float figures = download(first) + download(second);
            try (OperationScope inner = operations.openScope()) {
                operations.assign(variable, operations.add(variable, product));
            }
            return figures;
        }
    }

    @Test
    @DisplayName(
            "compute nothing twice from the second step on: one run for the figures, one for the change of variables")
    void nothingTwice() {
        GraphTensor<Formula, float[]> variable = operations.variable(new float[] {1});
        assertEquals(7, step(variable, 2));
        assertEquals(15, step(variable, 2));
        int products = graph.products;
        int runs = graph.runs;
        assertEquals(39, step(variable, 2));
        assertEquals(1, graph.products - products);
        assertEquals(2, graph.runs - runs);
        assertEquals(27, download(variable));
        assertEquals(0, graph.alive.size());
    }

    @Test
    @DisplayName("read of a variable what was assigned before, and not what is assigned later")
    void orderOfAssignments() {
        GraphTensor<Formula, float[]> variable = operations.variable(new float[] {3});
        try (OperationScope scope = operations.openScope()) {
            GraphTensor<Formula, float[]> before = operations.multiply(variable, 2);
            operations.assign(variable, operations.add(variable, 1));
            GraphTensor<Formula, float[]> between = operations.multiply(variable, 2);
            operations.write(variable, new float[] {10});
            assertEquals(20, download(operations.multiply(variable, 2)));
            assertEquals(8, download(between));
            assertEquals(6, download(before));
        }
        assertEquals(10, download(variable));
    }

    @Test
    @DisplayName("keep what was computed before variables changed beside what is computed after")
    void outlivesChange() {
        GraphTensor<Formula, float[]> variable = operations.variable(new float[] {3});
        try (OperationScope scope = operations.openScope()) {
            GraphTensor<Formula, float[]> before = operations.multiply(variable, 2);
            assertEquals(6, download(before));
            try (OperationScope inner = operations.openScope()) {
                operations.assign(variable, operations.add(variable, 1));
            }
            assertEquals(14, download(operations.add(before, operations.multiply(variable, 2))));
        }
        assertEquals(0, graph.alive.size());
    }

    @Test
    @DisplayName("refuse a tensor whose scope is closed, and an operation without a scope")
    void closedScope() {
        OperationScope scope = operations.openScope();
        GraphTensor<Formula, float[]> tensor = upload(1);
        scope.close();
        scope.close();
        assertThrows(IllegalStateException.class, () -> operations.download(tensor));
        assertThrows(IllegalStateException.class, () -> upload(1));
        try (OperationScope other = operations.openScope()) {
            assertThrows(IllegalStateException.class, () -> operations.add(tensor, 1));
        }
    }

    @Test
    @DisplayName("give several tensors in one run, the same ones and constants among them")
    void severalAtOnce() {
        try (OperationScope scope = operations.openScope()) {
            GraphTensor<Formula, float[]> number = upload(4);
            GraphTensor<Formula, float[]> product = operations.multiply(number, 2);
            GraphTensor<Formula, float[]> zero = operations.constant(0);
            List<float[]> values = operations.download(
                    List.of(product, zero, operations.constant(0), product, number, operations.multiply(number, 2)));
            assertArrayEquals(new float[] {8, 0, 0, 8, 4, 8}, new float[] {
                values.get(0)[0],
                values.get(1)[0],
                values.get(2)[0],
                values.get(3)[0],
                values.get(4)[0],
                values.get(5)[0]
            });
            assertEquals(1, graph.runs);
        }
    }

    @Test
    @DisplayName("free a variable after all that reads it")
    void freed() {
        GraphTensor<Formula, float[]> variable = operations.variable(new float[] {5});
        try (OperationScope scope = operations.openScope()) {
            GraphTensor<Formula, float[]> product = operations.multiply(variable, 2);
            operations.free(variable);
            assertEquals(10, download(product));
            assertThrows(IllegalStateException.class, () -> operations.download(variable));
        }
        assertEquals(0, graph.variables());
        assertEquals(0, graph.alive.size());
    }
}
