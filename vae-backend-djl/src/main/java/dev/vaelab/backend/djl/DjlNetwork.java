package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network of layers that PyTorch does in few calls, and differentiates itself. */
final class DjlNetwork implements Network<NDArray> {
    private final NetworkLowering lowering;
    private final DjlOperations operations;
    private final TorchScriptModule module;
    private final NetworkTensors tensors;
    private final Layers layers;
    private final List<NDArray> parameters;

    /** The network of a specification that has been lowered, with weights of zero. */
    DjlNetwork(NetworkLowering lowering, DjlOperations operations, TorchScriptModule module) {
        this.lowering = lowering;
        this.operations = operations;
        this.module = module;
        tensors = new NetworkTensors(lowering, operations);
        layers = new Layers(tensors::get, module);
        parameters = tensors.parameters();
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
        return switch (phase) {
            case TRAINING -> learn(operations.copy(input));
            case EVALUATION -> new EvaluationPass(lowering.run(layers, operations.alias(input), phase));
        };
    }

    private Pass<NDArray> learn(NDArray input) {
        input.setRequiresGradient(true);
        JniUtils.setGradMode(true);
        try {
            return new TrainingPass(input, lowering.run(layers, input, Phase.TRAINING));
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    @Override
    public void close() {
        tensors.close();
    }

    private record EvaluationPass(List<NDArray> outputs) implements Pass<NDArray> {
        @Override
        public Derivatives<NDArray> backward(List<NDArray> outputGradients, boolean inputNeeded) {
            throw new IllegalStateException("a pass in evaluation cannot go backward");
        }
    }

    private final class TrainingPass implements Pass<NDArray> {
        private final NDArray input;
        private final List<NDArray> outputs;

        TrainingPass(NDArray input, List<NDArray> outputs) {
            this.input = input;
            this.outputs = outputs;
        }

        @Override
        public List<NDArray> outputs() {
            return outputs;
        }

        /** The derivatives are values: nothing accumulates in the leaves and nothing needs to be set to zero. */
        @Override
        public Derivatives<NDArray> backward(List<NDArray> outputGradients, boolean inputNeeded) {
            List<NDArray> by = new ArrayList<>(tensors.leaves());
            if (inputNeeded) {
                by.add(input);
            }
            try (IValue outputList = list(outputs);
                    IValue gradientList = list(outputGradients);
                    IValue byList = list(by);
                    IValue found = module.run("gradients", outputList, gradientList, byList)) {
                List<PtNDArray> derivatives = Arrays.asList(found.toTensorArray(operations.innermost()));
                return new Derivatives<>(
                        inputNeeded ? derivatives.get(by.size() - 1) : null, tensors.withAbsorbed(derivatives));
            }
        }

        private static IValue list(List<NDArray> tensors) {
            return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
        }
    }
}
