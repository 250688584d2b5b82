package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.backend.dl4j.operation.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The scopes of an engine")
class ScopesTest {
    private final Scopes scopes = new Scopes();

    @Test
    @DisplayName("hold the tensors of the innermost one until it closes, and no longer")
    void innermost() {
        try (OperationScope outer = scopes.open()) {
            OperationScope inner = scopes.open();
            INDArray array = scopes.allocate(2, 3);
            assertSame(array, scopes.held(array));
            inner.close();
            IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> scopes.held(array));
            assertEquals("a tensor belongs to no open scope of this engine", refusal.getMessage());
        }
    }

    @Test
    @DisplayName("hold what is kept until it is released, inside and outside of a scope")
    void kept() {
        INDArray array = scopes.keep(Arrays.zeros(3));
        try (OperationScope scope = scopes.open()) {
            assertSame(array, scopes.held(array));
        }
        assertSame(array, scopes.held(array));
        scopes.release(array);
        assertTrue(array.wasClosed());
        scopes.release(array);
        assertThrows(IllegalStateException.class, () -> scopes.held(array));
    }

    @Test
    @DisplayName("refuse to hold a tensor when none is open, and anything when the engine is closed")
    void refusals() {
        INDArray array = scopes.keep(Arrays.zeros(1));
        IllegalStateException nowhere = assertThrows(IllegalStateException.class, () -> scopes.allocate(1));
        assertEquals("no scope is open to hold a tensor: open one with openScope()", nowhere.getMessage());
        scopes.close();
        IllegalStateException closed = assertThrows(IllegalStateException.class, scopes::open);
        assertEquals("the engine is closed", closed.getMessage());
        assertThrows(IllegalStateException.class, () -> scopes.held(array));
        assertTrue(array.wasClosed());
    }
}
