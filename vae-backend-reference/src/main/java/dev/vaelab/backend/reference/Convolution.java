package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;
import java.util.List;

/**
 * A convolution that halves height and width: the product of its weight, as a matrix [out, in * 4 * 4], with the
 * patches of its input, plus the bias of each output channel.
 */
final class Convolution {
    private static final int KERNEL = Architecture.KERNEL;

    private final String name;
    private final Weights weights;

    /** The layer of this canonical name, weight [out, in, 4, 4] and bias [out]. */
    Convolution(String name, Weights weights) {
        this.name = name;
        this.weights = weights;
    }

    /**
     * Convolves a batch of feature maps.
     *
     * @param input [images, in, rows, columns]
     * @return [images, out, rows / 2, columns / 2]
     */
    DoubleTensor apply(DoubleTensor input) {
        DoubleTensor weight = weights.get(name + ".weight");
        DoubleTensor bias = weights.get(name + ".bias");
        Patches geometry = new Patches(input.size(0), input.size(1), input.size(2), input.size(3));
        Matrix patches = geometry.unfold(input);
        Matrix map = new Matrix(weight.size(0), weight.size(1) * KERNEL * KERNEL, weight.values());
        Matrix output = map.times(patches).plusInEachRow(bias.values());
        return Planes.byImage(output, input.size(0), geometry.rows(), geometry.columns())
                .computedFrom(List.of(input, weight, bias), gradient -> backward(geometry, patches, map, gradient));
    }

    private static List<DoubleTensor> backward(Patches geometry, Matrix patches, Matrix map, DoubleTensor gradient) {
        Matrix byOutput = Planes.byChannel(gradient);
        Matrix byWeight = byOutput.times(patches.transposed());
        return List.of(
                geometry.fold(map.transposed().times(byOutput)),
                DoubleTensor.of(
                        byWeight.values(), byWeight.rows(), byWeight.columns() / (KERNEL * KERNEL), KERNEL, KERNEL),
                DoubleTensor.of(byOutput.rowSums(), byOutput.rows()));
    }
}
