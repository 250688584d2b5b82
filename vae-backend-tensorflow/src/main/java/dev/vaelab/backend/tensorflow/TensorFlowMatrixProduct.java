package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.graph.GraphOperations;
import dev.vaelab.api.graph.GraphTensor;
import dev.vaelab.api.tensor.OperationScope;
import org.tensorflow.types.TFloat32;

/** TensorFlow's product of two matrices. */
final class TensorFlowMatrixProduct implements MatrixProduct {
    private final GraphOperations<Node, TFloat32> operations = new GraphOperations<>(new TensorFlowGraph());
    private final GraphTensor<Node, TFloat32> left;
    private final GraphTensor<Node, TFloat32> right;
    private OperationScope results;
    private GraphTensor<Node, TFloat32> product;

    TensorFlowMatrixProduct(int size, float[] left, float[] right) {
        operations.openScope();
        this.left = operations.upload(left, size, size);
        this.right = operations.upload(right, size, size);
        results = operations.openScope();
    }

    @Override
    public void compute() {
        results.close();
        results = operations.openScope();
        product = operations.matmul(left, false, right, false);
        operations.compute(product);
    }

    @Override
    public float[] values() {
        return operations.download(product);
    }

    @Override
    public void close() {
        operations.close();
    }
}
