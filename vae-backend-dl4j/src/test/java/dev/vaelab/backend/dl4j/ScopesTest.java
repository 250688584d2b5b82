package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.TensorScope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The scopes of a model")
class ScopesTest {
    private final Scopes scopes = new Scopes();

    @Test
    @DisplayName("hold the tensors of the innermost one until it closes, and no longer")
    void innermost() {
        try (TensorScope<INDArray> outer = scopes.open()) {
            TensorScope<INDArray> inner = scopes.open();
            INDArray array = scopes.allocate(2, 3);
            assertDoesNotThrow(() -> scopes.requireBatch("things", array, 3));
            inner.close();
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> scopes.requireBatch("things", array, 3));
            assertEquals("things belong to no open scope of this model", refusal.getMessage());
        }
    }

    @Test
    @DisplayName("refuse a tensor of another shape and say what was expected and found")
    void shape() {
        try (TensorScope<INDArray> scope = scopes.open()) {
            INDArray array = scope.upload(new float[6], 2, 3);
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> scopes.requireBatch("images", array, 1, 8, 8));
            assertEquals("images need the shape [images, 1, 8, 8], found [2, 3]", refusal.getMessage());
        }
    }

    @Test
    @DisplayName("refuse to hold a tensor when none is open, and anything when the model is closed")
    void refusals() {
        IllegalStateException nowhere = assertThrows(IllegalStateException.class, () -> scopes.allocate(1));
        assertEquals("no scope is open to hold a tensor: open one with openScope()", nowhere.getMessage());
        scopes.close();
        IllegalStateException closed = assertThrows(IllegalStateException.class, scopes::open);
        assertEquals("the model is closed", closed.getMessage());
    }

    @Test
    @DisplayName("refuse values that are not as many as the shape says")
    void upload() {
        try (TensorScope<INDArray> scope = scopes.open()) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> scope.upload(new float[5], 2, 3));
            assertEquals("shape [2, 3] needs 6 values, found 5", refusal.getMessage());
        }
    }
}
