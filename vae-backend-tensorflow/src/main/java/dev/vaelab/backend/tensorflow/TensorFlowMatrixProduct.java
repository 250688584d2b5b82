package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.tensor.OperationScope;
import java.util.List;

/** TensorFlow's product of two matrices. */
final class TensorFlowMatrixProduct implements MatrixProduct {
    private final Workspace workspace = new Workspace();
    private final GraphTensor left;
    private final GraphTensor right;
    private OperationScope results;
    private GraphTensor product;

    TensorFlowMatrixProduct(int size, float[] left, float[] right) {
        workspace.openScope();
        this.left = workspace.keep(GraphTensor.upload(left, size, size));
        this.right = workspace.keep(GraphTensor.upload(right, size, size));
        results = workspace.openScope();
    }

    @Override
    public void compute() {
        results.close();
        results = workspace.openScope();
        product = workspace.keep(left.matmul(false, right, false));
        workspace.compute();
    }

    @Override
    public float[] values() {
        return workspace.download(List.of(product)).get(0);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
