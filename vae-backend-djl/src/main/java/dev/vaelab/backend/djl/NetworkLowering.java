package dev.vaelab.backend.djl;

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
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a list of steps, of which some take several neighbours in the list of layers together. The module runs them in one
 * call, forward and backward, by their names.
 *
 * <p>Between convolutions, feature maps have channels last in memory, and where they become values, or values become feature maps,
 * the values are in the order (row, column, channel) instead of the canonical (channel, row, column). The weights of the linear
 * layers on either side make up for it, see {@link TensorLayout}.
 */
final class NetworkLowering {
    private static final String NO_ACTIVATION = "none";

    private final NetworkSpecification specification;
    private final List<String> steps = new ArrayList<>();
    private final List<String> activations = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<String, TensorLayout> layouts = new HashMap<>();
    private int next;
    /** Whether features are maps; else they are values. */
    private boolean maps;
    /** The maps that values are those of, with channels last; nothing if values are in the canonical order. */
    private Optional<ImageShape> order = Optional.empty();

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

    /** The names of the steps, in their order. */
    List<String> steps() {
        return steps;
    }

    /** Of each step the activation at its end that is not part of the step itself, or "none". */
    List<String> activations() {
        return activations;
    }

    /** Of each step channels, height and width of the maps that it makes of values, or values of; else three zeros. */
    long[] sizes() {
        return sizes.stream().mapToLong(Integer::longValue).toArray();
    }

    private boolean lower() {
        int rank = specification.input().size();
        if (rank != 1 && rank != 3 || specification.tensors().isEmpty()) {
            return false;
        }
        maps = rank == 3;
        if (maps && !(after(0) instanceof Flatten)) {
            step(0, "channels_last");
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
        heads.forEach(head -> layouts.put(
                head.name() + ".weight", TensorLayout.linear(head.out(), head.in(), Optional.empty(), order)));
        return !maps && step(0, "heads");
    }

    private boolean lowerNext() {
        Layer layer = specification.layers().get(next);
        if (layer instanceof Convolution convolution) {
            return convolution.window().equals(Architecture.HALVING) && normalizedRelu() && step(3, "convolution");
        }
        if (layer instanceof TransposedConvolution convolution) {
            return convolution.window().equals(Architecture.HALVING)
                    && convolution.outputPadding() == 0
                    && (normalizedRelu() ? step(3, "transposed_convolution") : lowerLast(convolution));
        }
        if (layer instanceof Linear linear) {
            return lower(linear);
        }
        return layer instanceof Flatten ? lowerFlatten() : layer instanceof Reshape reshape && lower(reshape);
    }

    private boolean lowerLast(TransposedConvolution convolution) {
        if (after(1) != null || !specification.heads().isEmpty()) {
            return false;
        }
        String weight = convolution.name() + ".weight";
        layouts.put(weight, TensorLayout.subPixel(convolution.in(), convolution.out()));
        return step(1, "sub_pixel_convolution");
    }

    private boolean lower(Linear linear) {
        String activation =
                after(1) instanceof Activation next ? next.function().name().toLowerCase(Locale.ROOT) : NO_ACTIVATION;
        int length = activation.equals(NO_ACTIVATION) ? 1 : 2;
        Optional<ImageShape> from = order;
        order = after(length) instanceof Reshape reshape && after(length + 1) != null
                ? map(reshape.shape())
                : Optional.empty();
        layouts.put(linear.name() + ".weight", TensorLayout.linear(linear.out(), linear.in(), order, from));
        layouts.put(linear.name() + ".bias", TensorLayout.values(linear.out(), order));
        return step(length, "linear", activation, 0, 0, 0);
    }

    private boolean lowerFlatten() {
        Optional<ImageShape> shape = map(specification.features().get(next));
        if (!maps || shape.isEmpty()) {
            return false;
        }
        maps = false;
        order = next == 0 ? Optional.empty() : shape;
        return step(1, next == 0 ? "rows" : "flatten", shape.get());
    }

    private boolean lower(Reshape reshape) {
        Optional<ImageShape> shape = map(reshape.shape());
        boolean last = after(1) == null;
        if (maps || shape.isEmpty() || !order.equals(last ? Optional.empty() : shape)) {
            return false;
        }
        maps = true;
        order = Optional.empty();
        return step(1, last ? "images" : "unflatten", shape.get());
    }

    private boolean step(int length, String name) {
        return step(length, name, NO_ACTIVATION, 0, 0, 0);
    }

    private boolean step(int length, String name, ImageShape shape) {
        return step(length, name, NO_ACTIVATION, shape.channels(), shape.height(), shape.width());
    }

    private boolean step(int length, String name, String activation, Integer... shape) {
        steps.add(name);
        activations.add(activation);
        sizes.addAll(List.of(shape));
        next += length;
        return true;
    }

    private boolean normalizedRelu() {
        return after(1) instanceof BatchNormalization
                && after(2) instanceof Activation activation
                && activation.function() == Activation.Function.RELU;
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
