package dev.vaelab.api.model;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The weights that a training starts from, the same for every engine.
 *
 * <p>Unless asked for otherwise PyTorch's defaults: convolution, transposed convolution and linear layers uniform in
 * +-1/sqrt(fan-in), weight and bias alike (K. He et al., <em>Delving Deep into Rectifiers</em>, 2015, with a = sqrt(5)); batch
 * normalization with scale 1, shift 0, running mean 0 and running variance 1.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** Draws the weights of an architecture as PyTorch does; each tensor has a stream of its own. */
    public static NamedTensors draw(Architecture architecture, RandomStreams streams) {
        return draw(architecture, streams, Initialization.PYTORCH);
    }

    /** Draws the weights of an architecture; each tensor has a stream of its own. */
    public static NamedTensors draw(Architecture architecture, RandomStreams streams, Initialization initialization) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int index = 0;
        for (TensorSpecification specification : architecture.tensors()) {
            float[] values = new float[specification.size()];
            switch (specification.role()) {
                case UNIFORM, ABSORBED ->
                    fillUniform(values, bound(specification, initialization), streams.open(Purpose.WEIGHTS, index));
                case SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1);
                case SHIFT, RUNNING_MEAN, ZERO -> Arrays.fill(values, 0);
                case NORMAL -> values = streams.gaussian(values.length, Purpose.WEIGHTS, index);
            }
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
            index++;
        }
        return new NamedTensors(tensors);
    }

    private static double bound(TensorSpecification specification, Initialization initialization) {
        return switch (initialization) {
            case PYTORCH -> 1 / Math.sqrt(specification.fanIn());
            case GLOROT -> glorot(specification.shape());
        };
    }

    /** The first two sizes of a weight are its inputs and outputs, in either order; a bias has one size. */
    private static double glorot(List<Integer> shape) {
        if (shape.size() < 2) {
            return 0;
        }
        double fans = shape.get(0) + shape.get(1);
        for (int size : shape.subList(2, shape.size())) {
            fans *= size;
        }
        return Math.sqrt(6 / fans);
    }

    private static void fillUniform(float[] values, double bound, UniformRandomProvider random) {
        if (bound == 0) {
            return;
        }
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextDouble(-bound, bound);
        }
    }
}
