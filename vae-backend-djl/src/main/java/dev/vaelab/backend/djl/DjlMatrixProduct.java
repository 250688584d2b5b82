package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.backend.MatrixProduct;

/** PyTorch's product of two matrices. */
final class DjlMatrixProduct implements MatrixProduct {
    private final NDManager manager = PyTorch.openManager();
    private final NDArray left;
    private final NDArray right;
    private NDArray product;

    DjlMatrixProduct(int size, float[] left, float[] right) {
        Shape shape = new Shape(size, size);
        this.left = manager.create(shape, DataType.FLOAT32);
        this.right = manager.create(shape, DataType.FLOAT32);
        this.product = manager.zeros(shape, DataType.FLOAT32);
        NativeValues.write(this.left, left);
        NativeValues.write(this.right, right);
    }

    @Override
    public void compute() {
        product.close();
        product = left.matMul(right);
    }

    @Override
    public float[] values() {
        return product.toFloatArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
