package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's product of two matrices. */
final class Dl4jMatrixProduct implements MatrixProduct {
    private final INDArray left;
    private final INDArray right;
    private final INDArray product;
    private final Operation operation;

    Dl4jMatrixProduct(int size, float[] left, float[] right) {
        this.left = Arrays.of(left, size, size);
        this.right = Arrays.of(right, size, size);
        this.product = Arrays.zeros(size, size);
        this.operation = Operations.matrixProduct(this.left, false, this.right, false, product);
    }

    @Override
    public void compute() {
        operation.run();
    }

    @Override
    public float[] values() {
        return Arrays.values(product);
    }

    @Override
    public void close() {
        left.close();
        right.close();
        product.close();
    }
}
