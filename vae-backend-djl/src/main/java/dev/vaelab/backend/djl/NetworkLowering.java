package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.Layer.Activation;
import dev.vaelab.api.network.Layer.BatchNormalization;
import dev.vaelab.api.network.Layer.Convolution;
import dev.vaelab.api.network.Layer.Flatten;
import dev.vaelab.api.network.Layer.Linear;
import dev.vaelab.api.network.Layer.Reshape;
import dev.vaelab.api.network.Layer.TransposedConvolution;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as steps of {@link Layers}, of which each takes several neighbours in the list of layers together.
 *
 * <p>Between convolutions, feature maps have channels last in memory, and where they become values, or values become feature maps,
 * the values are in the order (row, column, channel) instead of the canonical (channel, row, column). The weights of the linear layers on either side make
 * up for it, see {@link TensorLayout}.
 */
final class NetworkLowering {
    private final NetworkSpecification specification;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, TensorLayout> layouts = new HashMap<>();
    private int next;
    /** Whether features are maps; else they are values. */
    private boolean maps;
    /** The maps that values are those of, with channels last; nothing if values are in the canonical order. */
    private Optional<ImageShape> order = Optional.empty();

    /** A call of a layer. */
    @FunctionalInterface
    private interface Step {
        NDArray run(Layers layers, NDArray features, Phase phase);
    }

    private NetworkLowering(NetworkSpecification specification) {
        this.specification = specification;
    }

    /** The lowering of a network; nothing if there is a step that no layer does. */
    static Optional<NetworkLowering> of(NetworkSpecification specification) {
        NetworkLowering lowering = new NetworkLowering(specification);
        return lowering.lower() ? Optional.of(lowering) : Optional.empty();
    }

    /** What was lowered. */
    NetworkSpecification specification() {
        return specification;
    }

    /** The layout in which a tensor of the network is expected. */
    TensorLayout layout(TensorSpecification tensor) {
        return layouts.getOrDefault(tensor.name(), TensorLayout.canonical(tensor.shape()));
    }

    /** Runs the network; returns its outputs. */
    List<NDArray> run(Layers layers, NDArray input, Phase phase) {
        NDArray features = input;
        for (Step step : steps) {
            features = step.run(layers, features, phase);
        }
        List<Linear> heads = specification.heads();
        return heads.isEmpty()
                ? List.of(features)
                : layers.heads(heads.get(0).name(), heads.get(1).name(), features);
    }

    private boolean lower() {
        int rank = specification.input().size();
        if (rank != 1 && rank != 3 || specification.tensors().isEmpty()) {
            return false;
        }
        maps = rank == 3;
        if (maps && !(after(0) instanceof Flatten)) {
            steps.add((layers, features, phase) -> layers.channelsLast(features));
        }
        while (next < specification.layers().size()) {
            if (!lowerNext()) {
                return false;
            }
        }
        return lowerEnd();
    }

    private boolean lowerEnd() {
        List<Linear> heads = specification.heads();
        if (heads.isEmpty()) {
            return maps || order.isEmpty();
        }
        if (maps || heads.size() != 2 || heads.get(0).out() != heads.get(1).out()) {
            return false;
        }
        heads.forEach(head -> layouts.put(
                head.name() + ".weight", TensorLayout.linear(head.out(), head.in(), Optional.empty(), order)));
        return true;
    }

    private boolean lowerNext() {
        Layer layer = specification.layers().get(next);
        if (layer instanceof Convolution convolution) {
            return convolution.window().equals(Architecture.HALVING)
                    && normalizedRelu()
                    && lowerBlock(convolution.name(), Layers::convolutionBlock);
        }
        if (layer instanceof TransposedConvolution convolution) {
            return convolution.window().equals(Architecture.HALVING)
                    && convolution.outputPadding() == 0
                    && (normalizedRelu()
                            ? lowerBlock(convolution.name(), Layers::transposedConvolutionBlock)
                            : lowerLast(convolution));
        }
        if (layer instanceof Linear linear) {
            return lower(linear);
        }
        if (layer instanceof Flatten) {
            return lowerFlatten();
        }
        return layer instanceof Reshape reshape && lower(reshape);
    }

    /** A layer of {@link Layers} over a convolution and a normalization. */
    @FunctionalInterface
    private interface Block {
        NDArray run(Layers layers, String convolution, String normalization, NDArray features, Phase phase);
    }

    private boolean lowerBlock(String convolution, Block block) {
        String normalization = ((BatchNormalization) specification.layers().get(next + 1)).name();
        return step(3, (layers, features, phase) -> block.run(layers, convolution, normalization, features, phase));
    }

    private boolean lowerLast(TransposedConvolution convolution) {
        if (after(1) != null || !specification.heads().isEmpty()) {
            return false;
        }
        String name = convolution.name();
        layouts.put(name + ".weight", TensorLayout.subPixel(convolution.in(), convolution.out()));
        return step(1, (layers, features, phase) -> layers.subPixelConvolution(name, features));
    }

    private boolean lower(Linear linear) {
        String name = linear.name();
        Activation activation = after(1) instanceof Activation function ? function : null;
        int length = activation == null ? 1 : 2;
        Optional<ImageShape> from = order;
        order = after(length) instanceof Reshape reshape && after(length + 1) != null
                ? map(reshape.shape())
                : Optional.empty();
        layouts.put(name + ".weight", TensorLayout.linear(linear.out(), linear.in(), order, from));
        layouts.put(name + ".bias", TensorLayout.values(linear.out(), order));
        return step(length, (layers, features, phase) -> layers.linear(name, activation, features));
    }

    private boolean lowerFlatten() {
        if (!maps) {
            return false;
        }
        maps = false;
        if (next == 0) {
            return step(1, (layers, features, phase) -> features.flatten(1, -1));
        }
        order = map(specification.features().get(next));
        return step(1, (layers, features, phase) -> layers.flatten(features));
    }

    private boolean lower(Reshape reshape) {
        Optional<ImageShape> shape = map(reshape.shape());
        boolean last = after(1) == null;
        if (maps || shape.isEmpty() || !order.equals(last ? Optional.empty() : shape)) {
            return false;
        }
        maps = true;
        order = Optional.empty();
        long channels = shape.get().channels();
        long height = shape.get().height();
        long width = shape.get().width();
        return step(
                1,
                (layers, features, phase) -> last
                        ? features.reshape(-1, channels, height, width)
                        : layers.unflatten(features, channels, height, width));
    }

    private boolean step(int length, Step step) {
        steps.add(step);
        next += length;
        return true;
    }

    private boolean normalizedRelu() {
        return after(1) instanceof BatchNormalization && isRelu(after(2));
    }

    private static boolean isRelu(Layer layer) {
        return layer instanceof Activation activation && activation.function() == Activation.Function.RELU;
    }

    /** The layer so many places after the next one; null if there is none. */
    private Layer after(int places) {
        List<Layer> layers = specification.layers();
        return next + places < layers.size() ? layers.get(next + places) : null;
    }

    private static Optional<ImageShape> map(List<Integer> shape) {
        return shape.size() == 3
                ? Optional.of(new ImageShape(shape.get(0), shape.get(1), shape.get(2)))
                : Optional.empty();
    }
}
