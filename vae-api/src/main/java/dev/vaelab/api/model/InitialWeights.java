package dev.vaelab.api.model;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The weights that a training starts from, the same for every engine.
 *
 * <p>PyTorch's defaults: convolution, transposed convolution and linear layers uniform in +-1/sqrt(fan-in), weight and
 * bias alike (K. He et al., <em>Delving Deep into Rectifiers</em>, 2015, with a = sqrt(5)); batch normalization with scale
 * 1, shift 0, running mean 0 and running variance 1.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** Draws the weights of an architecture; each tensor has a stream of its own. */
    public static NamedTensors draw(Architecture architecture, RandomStreams streams) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int index = 0;
        for (TensorSpecification specification : architecture.tensors()) {
            float[] values = new float[specification.size()];
            switch (specification.role()) {
                case UNIFORM, ABSORBED ->
                    fillUniform(values, 1 / Math.sqrt(specification.fanIn()), streams.open(Purpose.WEIGHTS, index));
                case SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1);
                case SHIFT, RUNNING_MEAN, ZERO -> Arrays.fill(values, 0);
                case NORMAL -> values = streams.gaussian(values.length, Purpose.WEIGHTS, index);
            }
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
            index++;
        }
        return new NamedTensors(tensors);
    }

    private static void fillUniform(float[] values, double bound, UniformRandomProvider random) {
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextDouble(-bound, bound);
        }
    }
}
