package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.graph.GraphOperations;
import dev.vaelab.api.graph.GraphTensor;
import dev.vaelab.api.tensor.TensorOperations;
import org.tensorflow.types.TFloat32;

/** TensorFlow at work for one model: one graph, one session. */
final class TensorFlowEngine implements Engine<GraphTensor<Node, TFloat32>> {
    private final GraphOperations<Node, TFloat32> operations = new GraphOperations<>(new TensorFlowGraph());

    @Override
    public TensorOperations<GraphTensor<Node, TFloat32>> operations() {
        return operations;
    }

    @Override
    public void close() {
        operations.close();
    }
}
