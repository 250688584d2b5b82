package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.tensor.TensorOperations;

/** TensorFlow at work for one model: one graph, one session. */
final class TensorFlowEngine implements Engine<GraphTensor> {
    private final Workspace workspace = new Workspace();
    private final TensorFlowOperations operations = new TensorFlowOperations(workspace);

    @Override
    public TensorOperations<GraphTensor> operations() {
        return operations;
    }

    @Override
    public void close() {
        workspace.close();
    }
}
