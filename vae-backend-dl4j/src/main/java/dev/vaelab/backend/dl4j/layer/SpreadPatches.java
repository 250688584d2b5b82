package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Values spread over patches of images, which are summed up: the gradient of a convolution by its images, and a transposed
 * convolution.
 */
final class SpreadPatches implements AutoCloseable {
    private final INDArray weight;
    private final INDArray images;
    private final INDArray patches;
    private final Operation sum;
    private Operation product;

    /**
     * Prepares the sum.
     *
     * @param weight [4 * 4 * channels, values]
     * @param images receives the sums, [images, rows, columns, channels]
     */
    SpreadPatches(INDArray weight, INDArray images) {
        this.weight = weight;
        this.images = images;
        long rows = images.size(1) / 2;
        long columns = images.size(2) / 2;
        patches = Arrays.uninitialized(images.size(0) * rows * columns, weight.size(0));
        sum = Operations.sumOfPatches(
                patches.reshape(images.size(0), rows, columns, 4, 4, images.size(3))
                        .permute(0, 5, 3, 4, 1, 2),
                images.permute(0, 3, 1, 2));
    }

    /**
     * Spreads values.
     *
     * @param values [images * rows / 2 * columns / 2, values]
     * @return the images
     */
    INDArray run(INDArray values) {
        if (product == null) {
            product = Operations.matrixProduct(values, false, weight, true, patches);
        }
        product.input(0, values).run();
        sum.run();
        return images;
    }

    @Override
    public void close() {
        patches.close();
    }
}
