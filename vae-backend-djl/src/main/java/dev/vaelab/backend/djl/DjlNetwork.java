package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.network.EvaluationPass;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import java.util.Arrays;
import java.util.List;

/**
 * A network that PyTorch does in one call, and back in another. With products as small as those of usual perceptrons, calls cost as much
 * as what they compute.
 */
final class DjlNetwork implements Network<NDArray> {
    private final DjlOperations operations;
    private final TorchScriptModule module;
    private final NetworkTensors tensors;
    private final List<NDArray> parameters;
    private final IValue variables;
    private final IValue steps;
    private final IValue activations;
    private final IValue sizes;

    /** The network of a specification that has been lowered, with weights of zero. */
    DjlNetwork(NetworkLowering lowering, DjlOperations operations, TorchScriptModule module) {
        this.operations = operations;
        this.module = module;
        tensors = new NetworkTensors(lowering, operations);
        parameters = tensors.parameters();
        variables = TorchScriptModule.list(tensors.all());
        steps = names(lowering.steps());
        activations = names(lowering.activations());
        sizes = IValue.listFrom(lowering.sizes());
    }

    private static IValue names(List<String> names) {
        return IValue.listFrom(names.stream().map(IValue::from).toArray(IValue[]::new));
    }

    @Override
    public List<NDArray> parameters() {
        return parameters;
    }

    @Override
    public NamedTensors read(List<NDArray> values) {
        return tensors.readParameters(values);
    }

    @Override
    public void write(NamedTensors values, List<NDArray> targets) {
        tensors.writeParameters(values, targets);
    }

    @Override
    public NamedTensors statistics() {
        return tensors.readStatistics();
    }

    @Override
    public void writeStatistics(NamedTensors values) {
        tensors.writeStatistics(values);
    }

    @Override
    public Pass<NDArray> forward(NDArray input, Phase phase) {
        PtNDManager scope = operations.innermost();
        try (IValue images = IValue.from((PtNDArray) input);
                IValue training = IValue.from(phase == Phase.TRAINING);
                IValue found = module.run("network", images, variables, steps, activations, sizes, training)) {
            IValue[] parts = found.toIValueTuple();
            scope.attachInternal(parts[1].getUid(), parts[1]);
            try (IValue results = parts[0]) {
                List<NDArray> outputs = Arrays.asList(results.toTensorArray(scope));
                return switch (phase) {
                    case TRAINING -> new TrainingPass(outputs, parts[1]);
                    case EVALUATION -> new EvaluationPass<>(outputs);
                };
            }
        }
    }

    @Override
    public void close() {
        List.of(variables, steps, activations, sizes).forEach(IValue::close);
        tensors.close();
    }

    /** What a pass keeps is PyTorch's list, which belongs to the scope that it began in. */
    private final class TrainingPass implements Pass<NDArray> {
        private final List<NDArray> outputs;
        private final IValue kept;

        TrainingPass(List<NDArray> outputs, IValue kept) {
            this.outputs = outputs;
            this.kept = kept;
        }

        @Override
        public List<NDArray> outputs() {
            return outputs;
        }

        @Override
        public Derivatives<NDArray> backward(List<NDArray> outputGradients, boolean inputNeeded) {
            try (IValue gradients = TorchScriptModule.list(outputGradients);
                    IValue needed = IValue.from(inputNeeded);
                    IValue found = module.run(
                            "network_backward", kept, gradients, variables, steps, activations, sizes, needed)) {
                List<NDArray> derivatives = Arrays.asList(found.toTensorArray(operations.innermost()));
                int count = parameters.size();
                return new Derivatives<>(inputNeeded ? derivatives.get(count) : null, derivatives.subList(0, count));
            }
        }
    }
}
