package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.Optional;

/** TensorFlow at work for one model: one graph, one session. */
final class TensorFlowEngine implements Engine<GraphTensor> {
    private final Workspace workspace = new Workspace();
    private final TensorFlowOperations operations = new TensorFlowOperations(workspace);

    @Override
    public TensorOperations<GraphTensor> operations() {
        return operations;
    }

    @Override
    public Optional<Network<GraphTensor>> network(NetworkSpecification specification) {
        return Optional.of(new TensorFlowNetwork(specification, workspace));
    }

    @Override
    public Optional<ParameterUpdate<GraphTensor>> update(OptimizerSettings settings) {
        return Optional.of(new TensorFlowUpdate(workspace, settings));
    }

    @Override
    public void close() {
        workspace.close();
    }
}
