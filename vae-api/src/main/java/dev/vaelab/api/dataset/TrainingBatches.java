package dev.vaelab.api.dataset;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The batches of a training, the same for every engine.
 *
 * <p>Each epoch has an order of the images of its own, and each batch noise of its own; both follow from the seed and
 * from the numbers of epoch and batch alone. A training that is resumed at a batch therefore goes on with exactly the
 * batches of an uninterrupted one. So does a stochastic binarization, drawn for each batch from a stream of its own. The
 * last batch of an epoch holds what is left over and is not dropped.
 */
public final class TrainingBatches {
    private final ImageSubset images;
    private final BatchPlan plan;
    private final RandomStreams streams;
    private final boolean binarizes;

    /**
     * Plans batches; nothing is prepared yet.
     *
     * @param images images to train on, at least one
     * @param batchSize images of every batch but the last of an epoch, at least one
     * @param latent dimensions of the latent space, at least one: values of noise of an image
     * @param streams the experiment's random streams
     * @param binarization of the images; only {@link Binarization#STOCHASTIC} is left to do here
     * @throws IllegalArgumentException if there is no image, or a size is not positive
     */
    public TrainingBatches(
            ImageSubset images, int batchSize, int latent, RandomStreams streams, Binarization binarization) {
        this.images = images;
        this.plan = new BatchPlan(images, batchSize, latent);
        this.streams = streams;
        this.binarizes = binarization == Binarization.STOCHASTIC;
    }

    /** Batches of an epoch, the last and perhaps partial one included. */
    public int perEpoch() {
        return plan.count();
    }

    /**
     * The batches of an epoch from one of them on. Each is prepared when it is asked for, in arrays of its own.
     *
     * @param epoch number of the epoch, from 1
     * @param firstBatch number of the batch to begin with, 0 for the whole epoch; {@link #perEpoch()} leaves none
     * @throws IllegalArgumentException if there is no such epoch or batch
     */
    public Iterator<Batch> epoch(int epoch, int firstBatch) {
        if (epoch < 1) {
            throw new IllegalArgumentException("the first epoch is 1, found " + epoch);
        }
        if (firstBatch < 0 || firstBatch > perEpoch()) {
            throw new IllegalArgumentException(
                    "an epoch begins with a batch of 0 to " + perEpoch() + ", found " + firstBatch);
        }
        int[] order = streams.permutation(images.count(), Purpose.SHUFFLE, epoch);
        BatchPlan shuffled = new BatchPlan(images.select(order), plan.batchSize(), plan.latent());
        return IntStream.range(firstBatch, perEpoch())
                .mapToObj(batch -> {
                    Batch prepared = shuffled.prepare(
                            batch, values -> streams.gaussian(values, Purpose.TRAINING_NOISE, epoch, batch));
                    if (binarizes) {
                        binarize(prepared.images(), streams.open(Purpose.TRAINING_BINARIZATION, epoch, batch));
                    }
                    return prepared;
                })
                .iterator();
    }

    /** The batches of the first epoch, then of the second, and so on without end. */
    public EndlessBatches allEpochs() {
        return new EndlessBatches(epoch -> epoch(epoch, 0));
    }

    /** Makes a pixel white with its intensity as probability. */
    private static void binarize(float[] pixels, UniformRandomProvider random) {
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = random.nextFloat() < pixels[index] ? 1 : 0;
        }
    }
}
