package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a convolution by its images: by the patches that it sees, summed up. */
final class ByImages implements AutoCloseable {
    private final INDArray weight;
    private final INDArray patches;
    private final INDArray images;
    private final Operation sum;
    private Operation product;

    /**
     * Prepares the gradient.
     *
     * @param input [images, rows, columns, in]
     * @param patchesShape of the matrix of {@link dev.vaelab.backend.dl4j.operation.Patches}
     * @param weight [4 * 4 * in, out]
     */
    ByImages(INDArray input, long[] patchesShape, INDArray weight) {
        this.weight = weight;
        patches = Arrays.uninitialized(patchesShape);
        images = Arrays.uninitialized(input.shape());
        sum = Operations.sumOfPatches(
                patches.reshape(input.size(0), input.size(1) / 2, input.size(2) / 2, 4, 4, input.size(3))
                        .permute(0, 5, 3, 4, 1, 2),
                images.permute(0, 3, 1, 2));
    }

    /**
     * Computes it.
     *
     * @param outGradient [images * rows / 2 * columns / 2, out]
     * @return always the same array, of the shape of the input
     */
    INDArray run(INDArray outGradient) {
        if (product == null) {
            product = Operations.matrixProduct(outGradient, false, weight, true, patches);
        }
        product.input(0, outGradient).run();
        sum.run();
        return images;
    }

    @Override
    public void close() {
        patches.close();
        images.close();
    }
}
