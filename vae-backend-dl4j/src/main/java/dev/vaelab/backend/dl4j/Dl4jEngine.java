package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J at work for one model. */
final class Dl4jEngine implements Engine<INDArray> {
    private final Scopes scopes = new Scopes();
    private final TensorOperations<INDArray> operations = new Dl4jOperations(scopes);
    private final List<Network<INDArray>> networks = new ArrayList<>();

    @Override
    public TensorOperations<INDArray> operations() {
        return operations;
    }

    @Override
    public Optional<Network<INDArray>> network(NetworkSpecification specification) {
        Optional<Network<INDArray>> network = Dl4jNetwork.of(specification, scopes);
        network.ifPresent(networks::add);
        return network;
    }

    @Override
    public Optional<ParameterUpdate<INDArray>> update(OptimizerSettings settings) {
        return Optional.of(settings.match(AdamStep::new, SgdStep::new));
    }

    @Override
    public void close() {
        networks.forEach(Network::close);
        scopes.close();
    }
}
