package dev.vaelab.training.model;

import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The moving average of weights, see {@link AverageConfig}, in variables of the engine.
 *
 * <p>Running means and variances of batch normalization are averaged as the weights are, as Lightning's {@code WeightAveraging}
 * does by default and timm's {@code ModelEmaV2} always: what goes into a normalization is linear in the weights before it, so that
 * averaged weights see the averaged mean, while the latest statistics would be those of the last ten steps alone. They are few
 * values, and networks keep them where they like, so that they are averaged outside of the engine.
 *
 * @param <T> the engine's tensor
 */
final class WeightAverage<T> implements AutoCloseable {
    private final AverageConfig settings;
    private final TensorOperations<T> operations;
    private final ParameterList<T> parameters;
    private final List<T> weights;
    private final List<T> averages;
    private final Map<String, Tensor> statistics = new LinkedHashMap<>();

    /** Begins with the weights as they are. */
    WeightAverage(AverageConfig settings, TensorOperations<T> operations, ParameterList<T> parameters) {
        this.settings = settings;
        this.operations = operations;
        this.parameters = parameters;
        weights = parameters.all();
        averages = weights.stream().map(this::zeros).toList();
        parameters.write(parameters.read(weights), averages);
        keep(parameters.statistics());
    }

    private T zeros(T weight) {
        int[] shape = operations.shape(weight);
        return operations.variable(new float[Shapes.size(shape)], shape);
    }

    private void keep(NamedTensors now) {
        now.asMap()
                .forEach((name, tensor) -> statistics.put(
                        name, new Tensor(tensor.shape(), tensor.values().clone())));
    }

    /**
     * Moves towards the weights: average + (1 - d) * (weights - average).
     *
     * @param step of the optimizer, counted from 1, that has changed the weights
     */
    void update(long step) {
        float share = (float) (1 - settings.decayIn(step));
        for (int index = 0; index < weights.size(); index++) {
            try (OperationScope scope = operations.openScope()) {
                T average = averages.get(index);
                T way = operations.subtract(weights.get(index), average);
                T part = operations.multiply(way, operations.upload(new float[] {share}, 1));
                operations.assign(average, operations.add(average, part));
            }
        }
        parameters.statistics().asMap().forEach((name, tensor) -> move(statistics.get(name), tensor, share));
    }

    private static void move(Tensor average, Tensor now, float share) {
        float[] values = average.values();
        for (int index = 0; index < values.length; index++) {
            values[index] += share * (now.values()[index] - values[index]);
        }
    }

    /** A copy of the average of each tensor. */
    NamedTensors read(List<TensorSpecification> order) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        statistics.forEach((name, tensor) ->
                copies.put(name, new Tensor(tensor.shape(), tensor.values().clone())));
        return parameters.inOrder(order, averages, new NamedTensors(copies));
    }

    /** Replaces the average by tensors that are known to fit. */
    void write(NamedTensors replacement) {
        parameters.write(replacement, averages);
        statistics.replaceAll((name, tensor) ->
                new Tensor(tensor.shape(), replacement.values(name).clone()));
    }

    @Override
    public void close() {
        averages.forEach(operations::free);
    }
}
