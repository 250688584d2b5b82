package ${package};

import dev.vaelab.api.tensor.Shapes;

/** Float32 values in row-major order, their shape, and the scope that they end with. They change in variables alone. */
record Tensor(Scope scope, float[] values, int... shape) {
    Tensor {
        Shapes.requireFilled(values.length, shape);
    }

    @Override
    public float[] values() {
        scope.requireOpen();
        return values;
    }
}
