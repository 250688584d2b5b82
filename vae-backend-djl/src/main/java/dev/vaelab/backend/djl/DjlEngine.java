package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PyTorch at work for one model. Everything native belongs to one manager, or to a list of the engine's that closes with it. */
final class DjlEngine implements Engine<NDArray> {
    private final NDManager manager = PyTorch.openManager();
    private final TorchScriptModule module = new TorchScriptModule(manager);
    private final DjlOperations operations = new DjlOperations(manager, module);
    private final List<DjlUpdate> updates = new ArrayList<>();

    @Override
    public TensorOperations<NDArray> operations() {
        return operations;
    }

    @Override
    public Optional<Network<NDArray>> network(NetworkSpecification specification) {
        return NetworkLowering.of(specification).map(lowering -> new DjlNetwork(lowering, operations, module));
    }

    @Override
    public Optional<ParameterUpdate<NDArray>> update(OptimizerSettings settings) {
        DjlUpdate update = new DjlUpdate(module, settings);
        updates.add(update);
        return Optional.of(update);
    }

    /** Closes the manager, and with it every scope that is still open. */
    @Override
    public void close() {
        updates.forEach(DjlUpdate::close);
        manager.close();
    }
}
