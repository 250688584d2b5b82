package dev.vaelab.backend.reference;

import java.util.List;

/** An affine map of vectors: output = input weight^T + bias. */
final class Linear {
    private final String name;
    private final Weights weights;

    /** The layer of this canonical name, weight [out, in] and bias [out]. */
    Linear(String name, Weights weights) {
        this.name = name;
        this.weights = weights;
    }

    /**
     * Maps a batch of vectors.
     *
     * @param input [images, in]
     * @return [images, out]
     */
    DoubleTensor apply(DoubleTensor input) {
        DoubleTensor weight = weights.get(name + ".weight");
        DoubleTensor bias = weights.get(name + ".bias");
        Matrix vectors = new Matrix(input.size(0), input.size(1), input.values());
        Matrix map = new Matrix(weight.size(0), weight.size(1), weight.values());
        double[] output = vectors.times(map.transposed()).values();
        for (int index = 0; index < output.length; index++) {
            output[index] += bias.values()[index % map.rows()];
        }
        return DoubleTensor.of(output, vectors.rows(), map.rows())
                .computedFrom(List.of(input, weight, bias), gradient -> backward(vectors, map, gradient));
    }

    private static List<DoubleTensor> backward(Matrix vectors, Matrix map, DoubleTensor gradient) {
        Matrix byOutput = new Matrix(vectors.rows(), map.rows(), gradient.values());
        Matrix byOutputTransposed = byOutput.transposed();
        return List.of(
                DoubleTensor.of(byOutput.times(map).values(), vectors.rows(), vectors.columns()),
                DoubleTensor.of(byOutputTransposed.times(vectors).values(), map.rows(), map.columns()),
                DoubleTensor.of(byOutputTransposed.rowSums(), map.rows()));
    }
}
