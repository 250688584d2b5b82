package dev.vaelab.training.likelihood;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Images with the noise of their samples, piece by piece in the order of the plan. Each image has a stream of noise of its own, so
 * that its samples depend neither on the plan nor on the image at which an estimate begins or goes on.
 */
final class SampledImages implements Iterator<Batch> {
    private final ImageSequence images;
    private final long place;
    private final Split split;
    private final RandomStreams streams;
    private final SamplePlan plan;
    private final int latent;
    private int first;
    private int piece;
    private List<GaussianStream> noise = List.of();

    /**
     * From an image on.
     *
     * @param images of the split, or a stretch of them
     * @param place of the first of the images among those of the split
     * @param latent dimensions of the latent space
     * @param from the first of the images, counted from 0
     */
    SampledImages(
            ImageSequence images,
            long place,
            Split split,
            RandomStreams streams,
            SamplePlan plan,
            int latent,
            int from) {
        this.images = images;
        this.place = place;
        this.split = split;
        this.streams = streams;
        this.plan = plan;
        this.latent = latent;
        this.first = from;
    }

    @Override
    public boolean hasNext() {
        return first < images.count();
    }

    /** The images of a piece and their noise, the samples of an image one behind the other; the same images in all of their pieces. */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more images");
        }
        int count = Math.min(plan.imagesAtOnce(), images.count() - first);
        if (piece == 0) {
            noise = IntStream.range(first, first + count)
                    .mapToObj(this::openNoise)
                    .toList();
        }
        Batch batch =
                new Batch(count, images.pixels(first, count), draw(plan.samplesOf(piece)), images.labels(first, count));
        piece++;
        if (piece == plan.pieces()) {
            piece = 0;
            first += count;
        }
        return batch;
    }

    private GaussianStream openNoise(int image) {
        return streams.openGaussian(Purpose.LIKELIHOOD_NOISE, split.ordinal(), place + image);
    }

    private float[] draw(int samples) {
        int each = Math.multiplyExact(samples, latent);
        if (noise.size() == 1) {
            return noise.get(0).draw(each);
        }
        float[] all = new float[Math.multiplyExact(noise.size(), each)];
        List<float[]> drawn = new ArrayList<>();
        noise.forEach(stream -> drawn.add(stream.draw(each)));
        for (int image = 0; image < drawn.size(); image++) {
            System.arraycopy(drawn.get(image), 0, all, image * each, each);
        }
        return all;
    }
}
