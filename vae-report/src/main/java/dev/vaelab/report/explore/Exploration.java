package dev.vaelab.report.explore;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.Pair;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.model.ModelThread;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A trained model, open to questions from any thread. */
public final class Exploration implements AutoCloseable {
    /** More points make a map that is darker, not clearer, and a start that takes longer. */
    private static final int MOST_MAPPED = 2000;

    private static final int MOST_SAMPLES = 10_000;
    private static final int MOST_EXAMPLES = 10;

    /** Images that are encoded at once. */
    private static final int BATCH = 100;

    /** A page asks for a dozen things when it opens, and for one at a time later: more wait only if many pages are open. */
    private static final int MOST_WAITING = 16;

    private final ModelThread thread;
    private final ExploredModel model;
    private final Engines engines;
    private final Optional<PosteriorValues> mapped;
    private final Description description;

    private Exploration(ModelThread thread, ExploredModel model, Engines engines) {
        this.thread = thread;
        this.model = model;
        this.engines = engines;
        this.mapped = model.images().map(images -> encode(engines, images));
        this.description = describe(model, engines.names(), mapped);
    }

    /**
     * Makes the model in each engine and encodes the images of the map.
     *
     * @param backends the engine, or several of them that are put side by side
     */
    public static Exploration open(ExploredModel model, List<VaeBackend> backends) {
        ModelThread thread = new ModelThread(MOST_WAITING);
        try {
            return thread.call(() -> {
                Engines engines = Engines.open(backends, model.request());
                try {
                    // What engines prepare at their first work, nobody waits for later.
                    engines.decode(new float[model.latent()], 0);
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
     * @param label of the image; null for a model that is not conditional
     * @throws InvalidInputException if the latents are not one number for each dimension, or the model does not know the label
     */
    Decoded decode(float[] latents, Integer label) {
        int latent = model.latent();
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
        int[] labels = label(label);
        return Decoded.of(thread.call(() -> engines.decode(latents, labels)));
    }

    private int[] label(Integer label) {
        int classes = model.classes();
        String found = label == null ? "none" : label.toString();
        if (classes == 0 && label != null) {
            throw new InvalidInputException(Problem.of("label", found, "none, since the model knows no labels"));
        }
        if (classes > 0 && (label == null || label < 0 || label >= classes)) {
            throw new InvalidInputException(Problem.of("label", found, "a label from 0 to " + (classes - 1)));
        }
        return label == null ? new int[0] : new int[] {label};
    }

    /**
     * A test image and its posterior mean.
     *
     * @param index from 0 to {@link Description#testImages()} - 1
     * @throws InvalidInputException if there are no test images
     */
    TestImage image(int index) {
        ImageSubset images = model.images()
                .orElseThrow(() -> new InvalidInputException(
                        Problem.of("index", Integer.toString(index), "nothing, since there are no test images")));
        float[] pixels = new float[images.shape().size()];
        images.copyPixels(index, pixels, 0);
        return new TestImage(index, images.label(index), Levels.of(pixels), mean(images, index));
    }

    private float[] mean(ImageSubset images, int index) {
        int latent = model.latent();
        return mapped.filter(posteriors -> index < posteriors.count())
                .map(posteriors -> Arrays.copyOfRange(posteriors.means(), index * latent, (index + 1) * latent))
                .orElseGet(() ->
                        thread.call(() -> engines.encode(images, index, 1)).means());
    }

    /**
     * Latents drawn from the prior: those of the image that the report, and {@code generate} with the seed of the experiment, have
     * at this place.
     *
     * @param index from 0 to {@link Description#prior()} - 1
     */
    float[] sample(int index) {
        int latent = model.latent();
        float[] drawn = thread.call(() -> engines.draw(index + 1, model.streams()));
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

    private static Description describe(ExploredModel model, List<String> engines, Optional<PosteriorValues> mapped) {
        int[] labels = model.images()
                .map(images -> IntStream.range(0, mapped.orElseThrow().count())
                        .map(images::label)
                        .toArray())
                .orElse(new int[0]);
        Optional<LatentStatistics> statistics = mapped.map(LatentStatistics::of).or(model::recorded);
        return new Description(
                model.name(),
                model.run().toString(),
                model.seed(),
                engines,
                Pair.ofAll(engines),
                model.request().architecture().image(),
                model.images().map(ImageSubset::count).orElse(0),
                statistics.map(measured -> Math.toIntExact(measured.images())).orElse(0),
                MOST_SAMPLES,
                model.classes(),
                statistics.map(LatentAxis::mostInformativeFirst).orElseGet(() -> LatentAxis.unmeasured(model.latent())),
                model.classNames(),
                examples(labels),
                mapped.flatMap(posteriors -> LatentMap.of(posteriors, labels)).orElse(null));
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
