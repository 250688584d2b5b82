package dev.vaelab.training.likelihood;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ModelSize;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.StopRequest;
import java.math.BigInteger;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Estimates log p(x) of images by importance sampling: log p(x) &gt;= E[log 1/K sum of p(x|z) p(z) / q(z|x)], z drawn from q(z|x) K
 * times (Burda et al. 2016, equation 8).
 *
 * <p>The engine computes the logarithms of the weights. They are summed in float64 over the samples of an image, never over images.
 * Memory depends on neither the number of samples nor that of images. Noise is drawn by a thread of its own.
 */
public final class LikelihoodEstimation {
    /** Values of the decoder's layers that are there at once: some tens of megabytes. */
    private static final int VALUES_AT_ONCE = 16_000_000;

    /** Their logits lie in a cache of a megabyte or two. */
    private static final int MOST_ROWS = 500;

    private final ImageSequence images;
    private final Split split;
    private final RandomStreams streams;
    private final int samples;
    private final ToIntFunction<Architecture> rows;
    private final long place;

    /**
     * Of images of a split.
     *
     * @param images all of the split, in their order
     * @param streams the experiment's random streams
     * @param samples K, at least one
     */
    public LikelihoodEstimation(ImageSequence images, Split split, RandomStreams streams, int samples) {
        this(images, split, streams, samples, LikelihoodEstimation::rows, 0);
    }

    /**
     * Of a stretch of the images of a split.
     *
     * @param images the stretch
     * @param place of its first image among those of the split, counted from 0: the noise is that of the place
     * @param streams the experiment's random streams
     * @param samples K, at least one
     */
    public LikelihoodEstimation(ImageSequence images, long place, Split split, RandomStreams streams, int samples) {
        this(images, split, streams, samples, LikelihoodEstimation::rows, place);
    }

    /**
     * The same with pieces of another size.
     *
     * @param rows latents that are decoded at once at most
     */
    LikelihoodEstimation(
            ImageSequence images, Split split, RandomStreams streams, int samples, ToIntFunction<Architecture> rows) {
        this(images, split, streams, samples, rows, 0);
    }

    private LikelihoodEstimation(
            ImageSequence images,
            Split split,
            RandomStreams streams,
            int samples,
            ToIntFunction<Architecture> rows,
            long place) {
        if (samples < 1) {
            throw new IllegalArgumentException("a likelihood needs a sample, found " + samples);
        }
        this.images = images;
        this.split = split;
        this.streams = streams;
        this.samples = samples;
        this.rows = rows;
        this.place = place;
    }

    /**
     * Images that are worked on at once: an engine may compute the last bits of an image by how many stand beside it, so that stretches
     * give what the whole gives if they begin with multiples of this.
     *
     * @param samples of each image
     */
    public static int imagesAtOnce(Architecture architecture, int samples) {
        return new SamplePlan(samples, rows(architecture)).imagesAtOnce();
    }

    /** Who is told how an estimation goes on. */
    public interface Listener {
        /** More samples of images have been decoded. */
        void sampled(long count);

        /** Images, in their order, are done. */
        void estimated(List<ImageLikelihood> likelihoods);
    }

    /**
     * Estimates the likelihood of images until it is asked to stop.
     *
     * @param model whose sampler draws from the posterior
     * @param from the first of them, counted from 0: where an earlier call of the same model ended
     */
    public <T> void run(VaeModel<T> model, int from, StopRequest stop, Listener listener) {
        Architecture architecture = model.architecture();
        SamplePlan plan = new SamplePlan(samples, rows.applyAsInt(architecture));
        SampledImages source = new SampledImages(images, place, split, streams, plan, architecture.latent(), from);
        try (PrefetchedBatches batches = PrefetchedBatches.start(source)) {
            while (!stop.requested() && batches.hasNext()) {
                Batch first = batches.next();
                List<ImportanceSum> sums = sums(first.count());
                try (LogWeights<T> weights = new LogWeights<>(model, first)) {
                    add(weights.of(first.noise()), sums);
                    listener.sampled((long) sums.size() * plan.samplesOf(0));
                    for (int piece = 1; piece < plan.pieces(); piece++) {
                        if (stop.requested()) {
                            return;
                        }
                        add(weights.of(batches.next().noise()), sums);
                        listener.sampled((long) sums.size() * plan.samplesOf(piece));
                    }
                }
                listener.estimated(sums.stream().map(ImportanceSum::estimate).toList());
            }
        }
    }

    /**
     * The likelihoods of a few images by noise that is given, all of which is decoded at once.
     *
     * @param model whose sampler draws from the posterior
     * @param batch images, and noise of as many samples of each as there is
     */
    public static <T> List<ImageLikelihood> of(VaeModel<T> model, Batch batch) {
        List<ImportanceSum> sums = sums(batch.count());
        try (LogWeights<T> weights = new LogWeights<>(model, batch)) {
            add(weights.of(batch.noise()), sums);
        }
        return sums.stream().map(ImportanceSum::estimate).toList();
    }

    private static List<ImportanceSum> sums(int images) {
        return IntStream.range(0, images).mapToObj(image -> new ImportanceSum()).toList();
    }

    private static void add(float[] logWeights, List<ImportanceSum> sums) {
        int each = logWeights.length / sums.size();
        for (int row = 0; row < logWeights.length; row++) {
            sums.get(row / each).add(logWeights[row]);
        }
    }

    /** Latents that are decoded at once: enough to keep the engine busy, in bounded memory. */
    private static int rows(Architecture architecture) {
        BigInteger each = ModelSize.of(List.of(architecture.decoder())).activations();
        return BigInteger.valueOf(VALUES_AT_ONCE)
                .divide(each.max(BigInteger.ONE))
                .min(BigInteger.valueOf(MOST_ROWS))
                .max(BigInteger.ONE)
                .intValueExact();
    }
}
