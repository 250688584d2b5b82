package dev.vaelab.api.dataset;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The batches of an evaluation: all images once, in their order.
 *
 * <p>One stream of noise runs through all of them, so that an image has the same noise whatever the batch size, the
 * engine and the epoch.
 */
public final class EvaluationBatches implements Iterable<Batch> {
    private final BatchPlan plan;
    private final Supplier<GaussianStream> noise;

    /**
     * Plans batches; nothing is prepared yet.
     *
     * @param images images to evaluate, at least one
     * @param batchSize images of every batch but the last, at least one
     * @param latent dimensions of the latent space, at least one: values of noise of an image
     * @param streams the experiment's random streams
     * @param noise what the noise is drawn for; for a whole part, {@link Split#evaluationNoise()}
     * @throws IllegalArgumentException if there is no image, or a size is not positive
     */
    public EvaluationBatches(ImageSequence images, int batchSize, int latent, RandomStreams streams, Purpose noise) {
        this(images, batchSize, latent, () -> streams.openGaussian(noise));
    }

    /**
     * Plans the batches of a stretch of the images, which are those of all images if the stretch begins with one of their batches.
     *
     * @param images the stretch, at least one image
     * @param noise opens the stream of all images behind the noise of those before the stretch
     * @throws IllegalArgumentException if there is no image, or a size is not positive
     */
    public EvaluationBatches(ImageSequence images, int batchSize, int latent, Supplier<GaussianStream> noise) {
        this.plan = new BatchPlan(images, batchSize, latent);
        this.noise = noise;
    }

    /** Number of batches, the last and perhaps partial one included. */
    public int count() {
        return plan.count();
    }

    /** The batches from the first one on, the same in every iteration; each is prepared when it is asked for. */
    @Override
    public Iterator<Batch> iterator() {
        GaussianStream stream = noise.get();
        return IntStream.range(0, plan.count())
                .mapToObj(batch -> plan.prepare(batch, stream::draw))
                .iterator();
    }
}
