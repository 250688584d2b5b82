package dev.vaelab.training.optimizer;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.List;
import java.util.Map;

/**
 * The update of an optimizer composed of an engine's operations. What changes from step to step comes in as a tensor.
 *
 * @param <T> the engine's tensor
 */
public final class ComposedUpdate<T> implements ParameterUpdate<T> {
    private final TensorOperations<T> operations;
    private final OptimizerSettings settings;

    /** The update of an optimizer with these settings. */
    public ComposedUpdate(TensorOperations<T> operations, OptimizerSettings settings) {
        this.operations = operations;
        this.settings = settings;
    }

    @Override
    public void apply(
            List<T> parameters, List<T> gradients, Map<String, List<T>> slots, long step, double learningRate) {
        Rule<T> rule =
                settings.match(adam -> adam(adam, slots, step, learningRate), sgd -> sgd(sgd, slots, learningRate));
        for (int index = 0; index < parameters.size(); index++) {
            try (OperationScope scope = operations.openScope()) {
                rule.apply(parameters.get(index), gradients.get(index), index);
            }
        }
    }

    /** What a step does to one parameter, whose place in the slots is {@code index}. */
    @FunctionalInterface
    private interface Rule<T> {
        void apply(T parameter, T gradient, int index);
    }

    private Rule<T> adam(OptimizerSettings.Adam adam, Map<String, List<T>> slots, long step, double learningRate) {
        List<T> first = slots.get(OptimizerSettings.Adam.FIRST_MOMENT);
        List<T> second = slots.get(OptimizerSettings.Adam.SECOND_MOMENT);
        return (parameter, gradient, index) ->
                adam(adam, parameter, gradient, first.get(index), second.get(index), step, learningRate);
    }

    private Rule<T> sgd(OptimizerSettings.Sgd sgd, Map<String, List<T>> slots, double learningRate) {
        List<T> velocities = slots.get(OptimizerSettings.Sgd.VELOCITY);
        return (parameter, gradient, index) -> sgd(sgd, parameter, gradient, velocities.get(index), learningRate);
    }

    /** lr * m / c1 / (sqrt(v / c2) + epsilon), c1 = 1 - beta1^t, c2 = 1 - beta2^t. */
    private void adam(
            OptimizerSettings.Adam adam, T parameter, T gradient, T first, T second, long step, double learningRate) {
        assignAverage(first, gradient, adam.beta1());
        assignAverage(second, operations.square(gradient), adam.beta2());
        double firstCorrection = 1 - Math.pow(adam.beta1(), step);
        double secondCorrection = 1 - Math.pow(adam.beta2(), step);
        T deviation = operations.sqrt(operations.multiply(second, input(1 / secondCorrection)));
        T direction = operations.divide(first, operations.add(deviation, adam.epsilon()));
        T moved = operations.subtract(parameter, operations.multiply(direction, input(learningRate / firstCorrection)));
        if (adam.weightDecay() != 0) {
            // Subtracted and not multiplied: a factor so close to 1 would lose most digits of the decay in float32.
            T decay = operations.multiply(parameter, input(learningRate * adam.weightDecay()));
            moved = operations.subtract(moved, decay);
        }
        operations.assign(parameter, moved);
    }

    private void assignAverage(T average, T value, double kept) {
        operations.assign(
                average, operations.add(operations.multiply(average, kept), operations.multiply(value, 1 - kept)));
    }

    private void sgd(OptimizerSettings.Sgd sgd, T parameter, T gradient, T velocity, double learningRate) {
        operations.assign(velocity, operations.add(operations.multiply(velocity, sgd.momentum()), gradient));
        operations.assign(
                parameter, operations.subtract(parameter, operations.multiply(velocity, input(learningRate))));
    }

    private T input(double number) {
        return operations.upload(new float[] {(float) number}, 1);
    }
}
