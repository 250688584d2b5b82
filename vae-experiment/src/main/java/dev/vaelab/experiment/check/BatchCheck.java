package dev.vaelab.experiment.check;

import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Loss;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether every batch of an epoch has as many images as batch normalization and the loss need. */
final class BatchCheck {
    private static final String BATCH_SIZE = "training.batchSize";

    private BatchCheck() {}

    /**
     * What is wrong with the batches.
     *
     * @param loss what is minimized
     * @param trained images to train on
     */
    static List<Problem> problems(Architecture architecture, Loss loss, int batchSize, int trained) {
        int least = Math.max(architecture.smallestBatch(), loss.smallestBatch());
        if (suits(batchSize, trained, least)) {
            return List.of();
        }
        String expected = "at least " + least + " images in each batch: "
                + (loss.smallestBatch() == least
                        ? "the loss " + loss.name() + " compares the images of a batch with each other"
                        : "of features of one pixel one image has a single value of each channel, which batch"
                                + " normalization cannot normalize");
        if (trained < least) {
            return List.of(new Problem(
                    "dataset.train", trained + " image to train on", expected, "leave more images to train on"));
        }
        String found = batchSize < least
                ? Integer.toString(batchSize)
                : batchSize + ", which leaves " + smallest(batchSize, trained) + " of " + trained
                        + " images for the last batch";
        String advice = nearest(batchSize, trained, least)
                .map(size -> "set " + BATCH_SIZE + " to " + size)
                .orElse("");
        return List.of(new Problem(BATCH_SIZE, found, expected, advice));
    }

    private static boolean suits(int batchSize, int trained, int least) {
        return smallest(batchSize, trained) >= least;
    }

    /** Images of the smallest batch. */
    private static int smallest(int batchSize, int trained) {
        return trained < batchSize || trained % batchSize == 0 ? Math.min(batchSize, trained) : trained % batchSize;
    }

    /** The nearest size that leaves enough, a smaller one if it is as near: it needs no more memory. */
    private static Optional<Integer> nearest(int batchSize, int trained, int least) {
        return IntStream.rangeClosed(1, trained)
                .boxed()
                .flatMap(distance ->
                        IntStream.of(batchSize - distance, batchSize + distance).boxed())
                .filter(size -> size >= least && suits(size, trained, least))
                .findFirst();
    }
}
