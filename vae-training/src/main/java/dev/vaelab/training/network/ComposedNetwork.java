package dev.vaelab.training.network;

import dev.vaelab.api.network.EvaluationPass;
import dev.vaelab.api.network.Layer.BatchNormalization;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.tape.Tape;
import dev.vaelab.training.tape.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network composed of an engine's operations, with a tape for each pass that learns.
 *
 * @param <T> the engine's tensor
 */
public final class ComposedNetwork<T> implements Network<T> {
    private final TensorOperations<T> operations;
    private final NetworkSpecification specification;
    private final TensorStore<T> parameters;
    private final TensorStore<T> statistics;

    /** The network of a specification, with weights of zero. */
    public ComposedNetwork(TensorOperations<T> operations, NetworkSpecification specification) {
        this.operations = operations;
        this.specification = specification;
        parameters = new TensorStore<>(operations, tensors(true));
        statistics = new TensorStore<>(operations, tensors(false));
    }

    private List<TensorSpecification> tensors(boolean trainable) {
        return specification.tensors().stream()
                .filter(tensor -> tensor.role().trainable() == trainable)
                .toList();
    }

    @Override
    public List<T> parameters() {
        return parameters.variables();
    }

    @Override
    public NamedTensors read(List<T> tensors) {
        return parameters.read(tensors);
    }

    @Override
    public void write(NamedTensors tensors, List<T> targets) {
        parameters.write(tensors, targets);
    }

    @Override
    public NamedTensors statistics() {
        return statistics.read(statistics.variables());
    }

    @Override
    public void writeStatistics(NamedTensors tensors) {
        statistics.write(tensors, statistics.variables());
    }

    @Override
    public Pass<T> forward(T input, Phase phase) {
        return switch (phase) {
            case TRAINING -> learn(input);
            case EVALUATION -> evaluate(input);
        };
    }

    private Pass<T> evaluate(T input) {
        LayerProgram<T> program =
                new LayerProgram<>(operations, this::tensor, Phase.EVALUATION, (layer, mean, variance, count) -> {});
        return new EvaluationPass<>(program.run(specification, input));
    }

    private T tensor(String name) {
        return name.endsWith(".running_mean") || name.endsWith(".running_var")
                ? statistics.get(name)
                : parameters.get(name);
    }

    private Pass<T> learn(T input) {
        Tape<T> tape = new Tape<>(operations);
        Variable<T> tracked = tape.track(input);
        Map<String, Variable<T>> learned = new LinkedHashMap<>();
        for (TensorSpecification tensor : parameters.specifications()) {
            T value = parameters.get(tensor.name());
            // The derivative by an absorbed bias is exactly zero; computed it would be rounding.
            learned.put(tensor.name(), tensor.role() == TensorRole.ABSORBED ? tape.fixed(value) : tape.track(value));
        }
        LayerProgram<Variable<T>> program = new LayerProgram<>(
                tape,
                learned::get,
                Phase.TRAINING,
                (layer, mean, variance, count) -> move(layer, mean.value(), variance.value(), count));
        List<Variable<T>> outputs = program.run(specification, tracked);
        return new LearningPass(tape, tracked, learned, outputs);
    }

    /** Moves the running statistics: the variance is remembered unbiased. */
    private void move(String layer, T mean, T variance, int count) {
        moveTowards(layer + ".running_mean", mean);
        moveTowards(layer + ".running_var", operations.multiply(variance, count / (count - 1.0)));
    }

    private void moveTowards(String statistic, T batch) {
        T running = statistics.get(statistic);
        operations.assign(
                running,
                operations.add(
                        operations.multiply(running, 1 - BatchNormalization.MOMENTUM),
                        operations.multiply(batch, BatchNormalization.MOMENTUM)));
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
    }

    private final class LearningPass implements Pass<T> {
        private final Tape<T> tape;
        private final Variable<T> input;
        private final Map<String, Variable<T>> learned;
        private final List<Variable<T>> outputs;

        LearningPass(Tape<T> tape, Variable<T> input, Map<String, Variable<T>> learned, List<Variable<T>> outputs) {
            this.tape = tape;
            this.input = input;
            this.learned = learned;
            this.outputs = outputs;
        }

        @Override
        public List<T> outputs() {
            return outputs.stream().map(Variable::value).toList();
        }

        @Override
        public Derivatives<T> backward(List<T> outputGradients, boolean inputNeeded) {
            List<Variable<T>> by = new ArrayList<>(learned.values());
            if (inputNeeded) {
                by.add(input);
            }
            List<T> found = tape.gradients(outputs, outputGradients, by);
            List<T> byParameters = found.subList(0, learned.size());
            return new Derivatives<>(inputNeeded ? found.get(learned.size()) : null, byParameters);
        }
    }
}
