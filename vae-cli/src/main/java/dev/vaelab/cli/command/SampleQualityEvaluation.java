package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationFrom;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.encoding.Latents;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.experiment.estimate.SampleQualityFigures.Features;
import dev.vaelab.experiment.estimate.SampleQualityFigures.Floor;
import dev.vaelab.experiment.estimate.SampleQualityFigures.Source;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.neighbours.Points;
import dev.vaelab.training.quality.FeatureMap;
import dev.vaelab.training.quality.SampleQuality;
import dev.vaelab.training.quality.SmallClassifier;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How near samples are to images, which {@code evaluate --sample-quality} measures, or finds in the run. */
final class SampleQualityEvaluation {
    private static final String SAMPLE_QUALITY = "--sample-quality";
    private static final String IMAGES = "--images";
    private static final String FEATURES = "--features";

    /** As papers have it; precision and recall compare each with all. */
    private static final int DEFAULT_IMAGES = 10_000;

    /** A covariance of as many pixels takes seconds, and thrice as many half a minute. */
    private static final int MOST_PIXELS = 1024;

    private static final int BATCH = 100;

    /** Which images are compared, and by what features, is the same for all experiments on the same data. */
    private static final RandomStreams OF_THE_DATA = new RandomStreams(0);

    /** The values of {@code --features}. */
    enum FeatureKind {
        CLASSIFIER("features of a small classifier of " + SmallClassifier.STEPS + " steps"),
        PIXELS("pixels");

        private final String label;

        FeatureKind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = SAMPLE_QUALITY,
            description =
                    "Measure how near samples are to the images of the split: a Fréchet distance, and precision, recall, density and"
                            + " coverage by nearest neighbours; beside them those of other images, which samples can hardly surpass.")
    private boolean requested;

    @Mixin
    private SamplePrior prior;

    @Option(
            names = IMAGES,
            paramLabel = "N",
            description = "So many samples, and as many images. Default: all of the split, at most 10000.")
    private Integer count;

    @Option(
            names = FEATURES,
            paramLabel = "KIND",
            description =
                    "What images are compared by: classifier, the hidden units of a small one that is trained on the labels, in seconds;"
                            + " or pixels. Neither are Inception's. Default: classifier.")
    private FeatureKind features;

    /** Whether it is asked for. */
    boolean requested() {
        return requested;
    }

    /** The options as they are typed, for the command that goes on. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (requested) {
            words.add(SAMPLE_QUALITY);
            words.addAll(prior.words());
            if (count != null) {
                words.add(IMAGES + " " + count);
            }
            if (features != null) {
                words.add(FEATURES + " " + features);
            }
        }
        return words;
    }

    /**
     * Checks what can be checked before a model is there.
     *
     * @throws InvalidInputException if an option says something of samples that nobody asks for
     */
    void check() {
        Stream.of(
                        prior.told(),
                        count == null ? Optional.<String>empty() : Optional.of(IMAGES),
                        features == null ? Optional.<String>empty() : Optional.of(FEATURES))
                .flatMap(Optional::stream)
                .filter(option -> !requested)
                .findFirst()
                .ifPresent(option -> {
                    throw new InvalidInputException(Problem.of(
                            option,
                            "the option without " + SAMPLE_QUALITY,
                            "both, as it says how samples are measured"));
                });
        prior.check();
        if (count != null) {
            WholeNumber.requireAtLeast(SampleQuality.NEIGHBOURS + 1, IMAGES, count);
        }
    }

    /**
     * Checks that the images can be compared with samples, before an engine is loaded.
     *
     * @throws InvalidInputException if not
     */
    void require(TrainedModel trained, Laboratory.Assembly experiment, Split split) {
        Data data = data(trained, experiment);
        requireEnough(data.of(split).count(), split);
        requireFeatures(data.training());
        prior.require(trained, experiment);
    }

    private static Data data(TrainedModel trained, Laboratory.Assembly experiment) {
        return new Data(
                experiment.get(Dataset.class),
                experiment.get(DataSplits.class),
                trained.config().dataset());
    }

    /** Measures what is not there yet; what is measured of a run is kept there. */
    SampleQualityFigures run(TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model, Split split) {
        Data data = data(trained, experiment);
        int available = data.of(split).count();
        int compared = count != null ? count : Math.min(available, DEFAULT_IMAGES);
        ImageSubset chosen = data.choose(split, compared);
        EstimateStamp stamp = trained.stamp(EstimateStamp.Kind.QUALITY, experiment, split, chosen, compared);
        FeatureKind kind = kind();
        Source source = prior.source(trained);
        Optional<SampleQualityFigures> kept =
                trained.run().flatMap(run -> SampleQualityFigures.find(run, stamp, source, kind.label));
        if (kept.isPresent()) {
            return kept.get();
        }
        FeatureMap map = map(kind, data.training());
        SamplePrior.Draws draws = prior.open(trained, experiment, model);
        Points real = features(map, chosen);
        // A conditional model makes images of the labels of those that they are compared with.
        Points samples = samples(
                map,
                model,
                new Latents(
                        model.architecture().latent(),
                        draws.draw(compared, experiment.get(RandomStreams.class), Purpose.SAMPLE_QUALITY),
                        chosen.labels()));
        SampleQualityFigures figures = new SampleQualityFigures(
                stamp,
                source,
                new Features(
                        kind.label,
                        map.dimensions(),
                        map instanceof SmallClassifier classifier ? classifier.accuracy(chosen) : null),
                SampleQuality.of(real, samples),
                data.floor(split, compared)
                        .map(other -> new Floor(
                                other.toString(), SampleQuality.of(real, features(map, data.choose(other, compared)))))
                        .orElse(null));
        return trained.keep(figures, SampleQualityFigures::write, "the quality of the samples is");
    }

    private void requireEnough(int available, Split split) {
        if (available <= SampleQuality.NEIGHBOURS) {
            throw new InvalidInputException(Problem.of(
                    SAMPLE_QUALITY,
                    available + " " + split + " images",
                    "at least " + (SampleQuality.NEIGHBOURS + 1) + ", to have " + SampleQuality.NEIGHBOURS
                            + " nearest neighbours"));
        }
        if (count != null && count > available) {
            throw new InvalidInputException(Problem.of(
                    IMAGES, count.toString(), "at most " + available + ", as many as there are " + split + " images"));
        }
    }

    private FeatureKind kind() {
        return features == null ? FeatureKind.CLASSIFIER : features;
    }

    private void requireFeatures(ImageSubset training) {
        switch (kind()) {
            case CLASSIFIER -> {
                int first = training.label(0);
                if (IntStream.range(0, training.count()).allMatch(image -> training.label(image) == first)) {
                    throw new InvalidInputException(new Problem(
                            FEATURES,
                            "classifier, for images that all have the label " + first,
                            "images of different labels, which a classifier learns to tell apart",
                            FEATURES + " pixels needs no labels"));
                }
            }
            case PIXELS -> {
                int pixels = training.shape().size();
                if (pixels > MOST_PIXELS) {
                    throw new InvalidInputException(new Problem(
                            FEATURES,
                            "pixels, for images of " + training.shape() + ", which are " + pixels,
                            "images of at most " + MOST_PIXELS + " values",
                            "the Fréchet distance takes a covariance of all of them"));
                }
            }
        }
    }

    private static FeatureMap map(FeatureKind kind, ImageSubset training) {
        return switch (kind) {
            case CLASSIFIER -> SmallClassifier.train(training, OF_THE_DATA);
            case PIXELS -> FeatureMap.pixels(training.shape().size());
        };
    }

    private static Points features(FeatureMap map, ImageSubset images) {
        FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(images.count(), map.dimensions()));
        for (int from = 0; from < images.count(); from += BATCH) {
            int[] batch = IntStream.range(from, Math.min(images.count(), from + BATCH))
                    .toArray();
            values.put(map.features(images.select(batch).pixels()));
        }
        return new Points(map.dimensions(), values.array());
    }

    private static Points samples(FeatureMap map, VaeModel<?> model, Latents latents) {
        FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(latents.count(), map.dimensions()));
        for (int from = 0; from < latents.count(); from += BATCH) {
            Latents batch = latents.stretch(from, Math.min(BATCH, latents.count() - from));
            float[] pixels = ModelImages.decode(model, batch.values(), batch.labels());
            for (float pixel : pixels) {
                if (!Float.isFinite(pixel)) {
                    throw new RunFailedException("a sample has the pixel " + pixel
                            + ": the engine cannot compute with these weights on these latents");
                }
            }
            values.put(map.features(pixels));
        }
        return new Points(map.dimensions(), values.array());
    }

    /**
     * The images that samples are compared with: intensities, since samples are expected images. What is drawn from intensities has
     * them for its mean; what is thresholded is black and white for the model, too.
     */
    private record Data(Dataset dataset, DataSplits splits, DatasetConfig config) {
        private static final List<Split> FLOORS = List.of(Split.VALIDATION, Split.TRAIN, Split.TEST);

        /** All training images of the data set, whatever the experiment takes of them: its seed must not matter. */
        ImageSubset training() {
            LabelledImages all = config.binarization() == Binarization.THRESHOLD
                    ? dataset.training().thresholded()
                    : dataset.training();
            return new ImageSubset(all, IntStream.range(0, all.count()).toArray());
        }

        ImageSubset of(Split split) {
            ImageSubset seen = splits.get(split);
            return switch (config.binarization()) {
                case NONE, THRESHOLD -> seen;
                case STOCHASTIC, FIXED ->
                    new ImageSubset(
                            original(split),
                            IntStream.range(0, seen.count()).map(seen::source).toArray());
            };
        }

        private LabelledImages original(Split split) {
            return switch (split) {
                case TEST -> dataset.test();
                case TRAIN -> dataset.training();
                case VALIDATION ->
                    config.validationFrom() == ValidationFrom.FILE
                            ? dataset.validation().orElseThrow()
                            : dataset.training();
            };
        }

        /** Some of a split, as files may have their images sorted. */
        ImageSubset choose(Split split, int count) {
            ImageSubset images = of(split);
            int[] order = OF_THE_DATA.permutation(images.count(), Purpose.SAMPLE_QUALITY, split.ordinal());
            return images.select(Arrays.copyOf(order, count));
        }

        /** The first other split that has as many images. */
        Optional<Split> floor(Split split, int count) {
            return FLOORS.stream()
                    .filter(other -> other != split && (other != Split.VALIDATION || splits.validates()))
                    .filter(other -> splits.get(other).count() >= count)
                    .findFirst();
        }
    }
}
