package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.network.EvaluationPass;
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
    private final List<NDArray> parameters;

    /** The network of a specification that has been lowered, with weights of zero. */
    DjlNetwork(NetworkLowering lowering, DjlOperations operations, TorchScriptModule module) {
        this.lowering = lowering;
        this.operations = operations;
        this.module = module;
        tensors = new NetworkTensors(lowering, operations);
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
            case EVALUATION -> new EvaluationPass<>(lowering.run(layers(), operations.alias(input), phase));
        };
    }

    private Pass<NDArray> learn(NDArray input) {
        input.setRequiresGradient(true);
        JniUtils.setGradMode(true);
        try {
            Layers layers = layers();
            List<NDArray> outputs = lowering.run(layers, input, Phase.TRAINING);
            return new TrainingPass(input, outputs, layers.normalizations());
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    private Layers layers() {
        return new Layers(tensors::get, module);
    }

    @Override
    public void close() {
        tensors.close();
    }

    private final class TrainingPass implements Pass<NDArray> {
        private final NDArray input;
        private final List<NDArray> outputs;
        private final List<NDArray> normalizations;

        TrainingPass(NDArray input, List<NDArray> outputs, List<NDArray> normalizations) {
            this.input = input;
            this.outputs = outputs;
            this.normalizations = normalizations;
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
            try (IValue outputList = TorchScriptModule.list(outputs);
                    IValue gradientList = TorchScriptModule.list(outputGradients);
                    IValue byList = TorchScriptModule.list(by);
                    IValue cuts = TorchScriptModule.list(normalizations);
                    IValue found = module.run("gradients", outputList, gradientList, byList, cuts)) {
                List<PtNDArray> derivatives = Arrays.asList(found.toTensorArray(operations.innermost()));
                return new Derivatives<>(
                        inputNeeded ? derivatives.get(by.size() - 1) : null, tensors.withAbsorbed(derivatives));
            }
        }
    }
}
