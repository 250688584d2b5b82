package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;
import java.util.List;

/**
 * A transposed convolution that doubles height and width: forward it does what {@link Convolution} does to its
 * gradient, and backward the reverse.
 *
 * <p>Source: V. Dumoulin and F. Visin, <em>A guide to convolution arithmetic for deep learning</em>, 2016,
 * arXiv:1603.07285, chapter 4.
 */
final class TransposedConvolution {
    private static final int KERNEL = Architecture.KERNEL;

    private final String name;
    private final Weights weights;

    /** The layer of this canonical name, weight [in, out, 4, 4] and bias [out]. */
    TransposedConvolution(String name, Weights weights) {
        this.name = name;
        this.weights = weights;
    }

    /**
     * Spreads a batch of feature maps.
     *
     * @param input [images, in, rows, columns]
     * @return [images, out, rows * 2, columns * 2]
     */
    DoubleTensor apply(DoubleTensor input) {
        DoubleTensor weight = weights.get(name + ".weight");
        DoubleTensor bias = weights.get(name + ".bias");
        int height = input.size(2) * Architecture.STRIDE;
        int width = input.size(3) * Architecture.STRIDE;
        Patches geometry = new Patches(input.size(0), weight.size(1), height, width);
        Matrix features = Planes.byChannel(input);
        Matrix map = new Matrix(weight.size(0), weight.size(1) * KERNEL * KERNEL, weight.values());
        Matrix output = Planes.byChannel(geometry.fold(map.transposed().times(features)))
                .plusInEachRow(bias.values());
        return Planes.byImage(output, input.size(0), height, width)
                .computedFrom(List.of(input, weight, bias), gradient -> backward(geometry, features, map, gradient));
    }

    private static List<DoubleTensor> backward(Patches geometry, Matrix features, Matrix map, DoubleTensor gradient) {
        Matrix patches = geometry.unfold(gradient);
        Matrix byWeight = features.times(patches.transposed());
        int outputs = gradient.size(1);
        return List.of(
                Planes.byImage(map.times(patches), gradient.size(0), geometry.rows(), geometry.columns()),
                DoubleTensor.of(byWeight.values(), byWeight.rows(), outputs, KERNEL, KERNEL),
                DoubleTensor.of(Planes.byChannel(gradient).rowSums(), outputs));
    }
}
