package dev.vaelab.training.model;

import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of several batches added up, each counting by its images, so that a smaller last batch counts less. The sum is in
 * variables of the engine, which are made when they are first needed.
 *
 * @param <T> the engine's tensor
 */
final class GradientSum<T> implements AutoCloseable {
    private final TensorOperations<T> operations;
    private final List<T> sums = new ArrayList<>();
    private int images;

    /** Nothing added yet. */
    GradientSum(TensorOperations<T> operations) {
        this.operations = operations;
    }

    /** Forgets what a step that failed has added. */
    void clear() {
        images = 0;
    }

    /**
     * Adds the gradients of a batch, in an open scope.
     *
     * @param gradients of the mean over its images
     * @param count of its images
     */
    void add(List<T> gradients, int count) {
        // Whole numbers are exact in float32, which a share of all images would not be.
        T weight = operations.upload(new float[] {count}, 1);
        for (int index = 0; index < gradients.size(); index++) {
            T weighted = operations.multiply(gradients.get(index), weight);
            if (sums.size() == index) {
                int[] shape = operations.shape(weighted);
                sums.add(operations.variable(new float[Shapes.size(shape)], shape));
            }
            T sum = sums.get(index);
            operations.assign(sum, images == 0 ? weighted : operations.add(sum, weighted));
        }
        images += count;
    }

    /** The gradients of the mean over all images that were added, in an open scope; the next sum begins with nothing. */
    List<T> takeMeans() {
        T count = operations.upload(new float[] {images}, 1);
        images = 0;
        return sums.stream().map(sum -> operations.divide(sum, count)).toList();
    }

    @Override
    public void close() {
        sums.forEach(operations::free);
        sums.clear();
    }
}
