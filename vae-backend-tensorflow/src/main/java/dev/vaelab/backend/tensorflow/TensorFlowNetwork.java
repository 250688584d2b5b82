package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network of layers as a part of a program that keeps channels last; its tensors have their canonical layouts. */
final class TensorFlowNetwork implements Network<GraphTensor> {
    private final NetworkSpecification specification;
    private final Workspace workspace;
    private boolean moving;
    private final Map<String, GraphTensor> variables = new LinkedHashMap<>();

    /** The network of a specification, with weights of zero. */
    TensorFlowNetwork(NetworkSpecification specification, Workspace workspace) {
        this.specification = specification;
        this.workspace = workspace;
        for (TensorSpecification tensor : specification.tensors()) {
            variables.put(tensor.name(), workspace.variable(new float[tensor.size()], sizes(tensor.shape())));
        }
    }

    private static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<TensorSpecification> tensors(boolean trainable) {
        return specification.tensors().stream()
                .filter(tensor -> tensor.role().trainable() == trainable)
                .toList();
    }

    private List<GraphTensor> variables(boolean trainable) {
        return tensors(trainable).stream()
                .map(tensor -> variables.get(tensor.name()))
                .toList();
    }

    @Override
    public List<GraphTensor> parameters() {
        return variables(true);
    }

    @Override
    public NamedTensors read(List<GraphTensor> values) {
        return read(tensors(true), values);
    }

    @Override
    public void write(NamedTensors values, List<GraphTensor> targets) {
        write(tensors(true), values, targets);
    }

    @Override
    public NamedTensors statistics() {
        return read(tensors(false), variables(false));
    }

    @Override
    public void writeStatistics(NamedTensors values) {
        write(tensors(false), values, variables(false));
    }

    private NamedTensors read(List<TensorSpecification> tensors, List<GraphTensor> values) {
        List<float[]> found = workspace.download(values);
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (TensorSpecification tensor : tensors) {
            named.put(tensor.name(), new Tensor(tensor.shape(), found.get(named.size())));
        }
        return new NamedTensors(named);
    }

    private void write(List<TensorSpecification> tensors, NamedTensors values, List<GraphTensor> targets) {
        for (int index = 0; index < targets.size(); index++) {
            workspace.write(targets.get(index), values.values(tensors.get(index).name()));
        }
    }

    /** The statistics that a pass before has found come first. */
    @Override
    public Pass<GraphTensor> forward(GraphTensor input, Phase phase) {
        if (moving) {
            workspace.compute();
        }
        LayerGraph graph = new LayerGraph(specification, variables, phase);
        List<GraphTensor> outputs =
                graph.run(input).stream().map(workspace::keep).toList();
        moving = !graph.statistics.isEmpty();
        graph.statistics.forEach(
                (name, values) -> workspace.change("AssignVariableOp", Workspace.handle(variables.get(name)), values));
        return new GraphPass(graph, phase, outputs);
    }

    @Override
    public void close() {
        variables.values().forEach(workspace::free);
    }

    private final class GraphPass implements Pass<GraphTensor> {
        private final LayerGraph graph;
        private final Phase phase;
        private final List<GraphTensor> outputs;

        GraphPass(LayerGraph graph, Phase phase, List<GraphTensor> outputs) {
            this.graph = graph;
            this.phase = phase;
            this.outputs = outputs;
        }

        @Override
        public List<GraphTensor> outputs() {
            return outputs;
        }

        @Override
        public Derivatives<GraphTensor> backward(List<GraphTensor> outputGradients, boolean inputNeeded) {
            if (phase == Phase.EVALUATION) {
                throw new IllegalStateException("a pass in evaluation cannot go backward");
            }
            GraphTensor byInput = graph.differentiate(outputGradients);
            List<GraphTensor> byParameters = tensors(true).stream()
                    .map(tensor -> tensor.role() == TensorRole.ABSORBED
                            ? GraphTensor.filled(0, sizes(tensor.shape()))
                            : workspace.keep(graph.gradients.get(tensor.name())))
                    .toList();
            return new Derivatives<>(inputNeeded ? workspace.keep(byInput) : null, byParameters);
        }
    }
}
