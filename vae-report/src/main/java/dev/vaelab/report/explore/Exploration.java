package dev.vaelab.report.explore;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A trained model, open to questions from any thread. */
public final class Exploration implements AutoCloseable {
    /** More points make a map that is darker, not clearer, and a start that takes longer. */
    private static final int MOST_MAPPED = 2000;

    private static final int MOST_SAMPLES = 10_000;
    private static final int MOST_EXAMPLES = 10;

    /** Images that are encoded at once. */
    private static final int BATCH = 100;

    private final ModelThread thread;
    private final ExploredModel model;
    private final Engines engines;
    private final PosteriorValues mapped;
    private final Description description;

    private Exploration(ModelThread thread, ExploredModel model, Engines engines) {
        this.thread = thread;
        this.model = model;
        this.engines = engines;
        this.mapped = encode(engines, model.images());
        this.description = describe(model, engines.names(), mapped);
    }

    /**
     * Makes the model in each engine and encodes the images of the map.
     *
     * @param backends the engine, or two of them that are put side by side
     */
    public static Exploration open(ExploredModel model, List<VaeBackend> backends) {
        ModelThread thread = new ModelThread();
        try {
            return thread.call(() -> {
                Engines engines = Engines.open(backends, model.request());
                try {
                    // What engines prepare at their first work, nobody waits for later.
                    engines.decode(new float[model.request().architecture().latent()]);
                    return new Exploration(thread, model, engines);
                } catch (RuntimeException | Error e) {
                    engines.close();
                    throw e;
                }
            });
        } catch (RuntimeException | Error e) {
            thread.close(() -> {});
            throw e;
        }
    }

    /** What there is to explore. */
    Description description() {
        return description;
    }

    /**
     * Decodes latents in every engine.
     *
     * @throws InvalidInputException if they are not one number for each dimension
     */
    Decoded decode(float[] latents) {
        int latent = mapped.latent();
        if (latents == null || latents.length != latent) {
            String found = latents == null ? "none" : Integer.toString(latents.length);
            throw new InvalidInputException(Problem.of("latents", found, latent + " numbers"));
        }
        for (int dimension = 0; dimension < latent; dimension++) {
            if (!Float.isFinite(latents[dimension])) {
                throw new InvalidInputException(Problem.of(
                        "latents[" + dimension + "]", Float.toString(latents[dimension]), "a finite number"));
            }
        }
        return Decoded.of(thread.call(() -> engines.decode(latents)));
    }

    /**
     * A test image and its posterior mean.
     *
     * @param index from 0 to {@link Description#testImages()} - 1
     */
    TestImage image(int index) {
        ImageSubset images = model.images();
        float[] pixels = new float[images.shape().size()];
        images.copyPixels(index, pixels, 0);
        return new TestImage(index, images.label(index), Levels.of(pixels), mean(index));
    }

    private float[] mean(int index) {
        int latent = mapped.latent();
        return index < mapped.count()
                ? Arrays.copyOfRange(mapped.means(), index * latent, (index + 1) * latent)
                : thread.call(() -> engines.encode(model.images(), index, 1)).means();
    }

    /**
     * Latents drawn from the prior: those of the image that {@code generate} puts at this place.
     *
     * @param index from 0 to {@link Description#prior()} - 1
     */
    float[] sample(int index) {
        int latent = mapped.latent();
        float[] drawn = model.streams().gaussian(Math.multiplyExact(index + 1, latent), Purpose.GENERATION);
        return Arrays.copyOfRange(drawn, index * latent, drawn.length);
    }

    /** Frees the models. Nobody may ask any more: a server that does is closed before. */
    @Override
    public void close() {
        thread.close(engines::close);
    }

    private static PosteriorValues encode(Engines engines, ImageSubset images) {
        int mapped = Math.min(MOST_MAPPED, images.count());
        return PosteriorValues.join(IntStream.iterate(0, from -> from < mapped, from -> from + BATCH)
                .mapToObj(from -> engines.encode(images, from, Math.min(BATCH, mapped - from)))
                .toList());
    }

    private static Description describe(ExploredModel model, List<String> engines, PosteriorValues mapped) {
        int[] labels =
                IntStream.range(0, mapped.count()).map(model.images()::label).toArray();
        return new Description(
                model.name(),
                model.run().toString(),
                model.seed(),
                engines,
                model.images().shape(),
                model.images().count(),
                mapped.count(),
                MOST_SAMPLES,
                LatentAxis.mostInformativeFirst(LatentStatistics.of(mapped)),
                examples(labels),
                LatentMap.of(mapped, labels).orElse(null));
    }

    private static List<Integer> examples(int[] labels) {
        Map<Integer, Integer> firstOfLabel = new LinkedHashMap<>();
        IntStream.range(0, labels.length).forEach(image -> firstOfLabel.putIfAbsent(labels[image], image));
        return firstOfLabel.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_EXAMPLES)
                .map(Map.Entry::getValue)
                .toList();
    }
}
