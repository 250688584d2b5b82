package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.MatrixProduct;
import java.util.List;
import org.tensorflow.types.TFloat32;

/** TensorFlow's product of two matrices. */
final class TensorFlowMatrixProduct implements MatrixProduct {
    private final Trace trace = new Trace();
    private final GraphTensor left;
    private final GraphTensor right;
    private GraphTensor product;

    TensorFlowMatrixProduct(int size, float[] left, float[] right) {
        this.left = GraphTensor.upload(left, size, size);
        this.right = GraphTensor.upload(right, size, size);
        product = GraphTensor.upload(new float[size * size], size, size);
    }

    @Override
    public void compute() {
        product.close();
        List<TFloat32> values = trace.run(List.of(GraphTensor.of("MatMul", left.shape(), left, right)), List.of());
        product = GraphTensor.of(values.get(0), left.shape());
    }

    @Override
    public float[] values() {
        return GraphTensor.values(product.value());
    }

    @Override
    public void close() {
        List.of(left, right, product).forEach(GraphTensor::close);
        trace.close();
    }
}
