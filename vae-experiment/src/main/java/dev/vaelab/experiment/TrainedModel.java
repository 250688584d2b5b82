package dev.vaelab.experiment;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.data.PicturePixels;
import dev.vaelab.experiment.encoding.Latents;
import dev.vaelab.experiment.estimate.DrawnLatents;
import dev.vaelab.experiment.file.DraftExperiment;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sampling.KeptMixture;
import dev.vaelab.experiment.sampling.MixtureFitting;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.mixture.EncodedLatents;
import dev.vaelab.training.mixture.LatentMixture;
import dev.vaelab.training.mixture.MixtureFit;
import dev.vaelab.training.model.ModelThread;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.ImageScoring;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained variational autoencoder in its engine: where it places images, what it makes of latents, and how likely it finds an image.
 *
 * <pre>{@code
 * try (TrainedModel model = TrainedModel.open(Path.of("runs/mnist"))) {
 *     Encoding encoding = model.encode(ImageIO.read(new File("seven.png")));
 *     BufferedImage seven = model.decode(encoding.means()).picture(0);
 *     double nats = model.score(model.images(Split.TEST)).get(0).negativeElbo();
 * }
 * }</pre>
 *
 * <p><b>Images</b> are arrays with the values of one image each, in the order of {@link #imageShape()}, from 0 (black) to 1 (white); or
 * pictures of its height and width, which are taken as grey or RGB, as the model has it; or {@link Images}. A model that was trained on
 * binarized images expects such, and none are binarized here but those of {@link #images(Split)}.
 *
 * <p><b>Labels</b> are what a class-conditional model needs with images and latents, and no other model looks at: {@link
 * Images#labelled}.
 *
 * <p><b>Threads.</b> Any number of threads may use a model: it has a thread of its own, and does what it is asked for in the order in
 * which it comes, one thing at a time. An engine takes all its processors for each. For more at a time, open the run more than once:
 * each has its own copy of the weights. The same calls give the same results, bit for bit, whichever threads they come from.
 *
 * <p>{@link #close()} frees what the engine holds; afterwards all else throws {@link IllegalStateException}.
 */
public final class TrainedModel implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainedModel.class);

    private static final String LABELS = "labels";
    private static final String IMAGES = "images";
    private static final String LATENTS = "latents";

    private final SavedModel saved;
    private final Objective objective;
    private final VaeModel<?> model;
    private final Architecture architecture;
    private final ModelThread thread;
    private final Map<Integer, LatentMixture> mixtures = new HashMap<>();
    private DataSplits splits;

    private TrainedModel(SavedModel saved, Objective objective, VaeModel<?> model, ModelThread thread) {
        this.saved = saved;
        this.objective = objective;
        this.model = model;
        this.architecture = model.architecture();
        this.thread = thread;
    }

    /**
     * Opens the best checkpoint of a run, in the engine that it was trained on. Needs no images.
     *
     * @param run a run folder, of {@link Experiment#train(Path, java.util.function.Consumer) a program} or of {@code ./vae train}
     * @return a model, which the caller closes
     * @throws InvalidInputException if it is no run folder, its training has not completed an epoch, a file of it is damaged, or there
     *     is no such engine
     */
    public static TrainedModel open(Path run) {
        return open(run, Map.of());
    }

    /**
     * The same with other settings than those of the run.
     *
     * @param run a run folder
     * @param settings by their keys, as {@link Experiment#with} takes them: {@code backend} for another engine, {@code dataset.path} for
     *     images that are elsewhere by now
     * @return a model, which the caller closes
     * @throws InvalidInputException as {@link #open(Path)}, and if a setting is wrong
     */
    public static TrainedModel open(Path run, Map<String, ?> settings) {
        Laboratory laboratory = Laboratory.open();
        RunFolder folder = RunFolder.open(run);
        SavedModel.requireBest(folder);
        DraftExperiment draft = laboratory.loaderOf(folder).read(folder.config());
        for (Map.Entry<String, ?> setting : settings.entrySet()) {
            draft = draft.with(setting.getKey(), setting.getValue());
        }
        return of(
                SavedModel.ofRun(laboratory, folder, laboratory.loaderOf(folder).load(draft), LOGGER::info));
    }

    /** Loads the weights into the engine. */
    static TrainedModel of(SavedModel saved) {
        return of(saved, experiment -> experiment.get(ModelFactory.class).withWeights(saved.tensors(experiment)));
    }

    /** @param engine makes the model, on the thread that uses it */
    static TrainedModel of(SavedModel saved, Function<Laboratory.Assembly, VaeModel<?>> engine) {
        Laboratory.Assembly experiment = saved.withoutImages();
        ModelThread thread = new ModelThread();
        try {
            return thread.call(
                    () -> new TrainedModel(saved, experiment.get(Objective.class), engine.apply(experiment), thread));
        } catch (RuntimeException | Error e) {
            thread.close(() -> {});
            throw e;
        }
    }

    /** The experiment that the model was trained by, with the settings that it was opened with. */
    public ExperimentConfig config() {
        return saved.config();
    }

    /** The shape of an image: channels, height and width. */
    public ImageShape imageShape() {
        return architecture.image();
    }

    /** Dimensions of the latent space. */
    public int latent() {
        return architecture.latent();
    }

    /** Labels that a class-conditional model knows, from 0 to one less; 0 for a model that knows none. */
    public int classes() {
        return architecture.classes();
    }

    /**
     * Images of arrays.
     *
     * @param pixels the values of each image, in the order of {@link #imageShape()}, from 0 to 1
     * @throws InvalidInputException if an array has another length, or a value is out of range
     */
    public Images images(float[]... pixels) {
        int size = imageShape().size();
        float[] values = joined(IMAGES, pixels, size, "as an image of " + imageShape() + " has");
        for (int index = 0; index < values.length; index++) {
            if (!(values[index] >= 0 && values[index] <= 1)) {
                throw new InvalidInputException(Problem.of(
                        IMAGES + "[" + index / size + "]",
                        "the value " + values[index],
                        "values from 0 (black) to 1 (white)"));
            }
        }
        return new Images(imageShape(), values);
    }

    /**
     * Images of pictures, whose values are taken as they are stored; what is transparent is laid over black.
     *
     * @param pictures of the height and width of {@link #imageShape()}, in grey or in colours
     * @throws InvalidInputException if a picture has another size, or no picture can be an image of the model
     */
    public Images images(BufferedImage... pictures) {
        ImageShape shape = imageShape();
        if (shape.channels() != ColorMode.GREY.channels() && shape.channels() != ColorMode.RGB.channels()) {
            throw new InvalidInputException(Problem.of(
                    IMAGES,
                    "pictures, which are grey or have three colours",
                    "arrays of " + shape.size() + " values, since an image of the model is " + shape));
        }
        ColorMode color = shape.channels() == 1 ? ColorMode.GREY : ColorMode.RGB;
        float[][] pixels = new float[pictures.length][];
        for (int index = 0; index < pictures.length; index++) {
            BufferedImage picture = Objects.requireNonNull(pictures[index], IMAGES + "[" + index + "]");
            if (picture.getHeight() != shape.height() || picture.getWidth() != shape.width()) {
                throw new InvalidInputException(Problem.of(
                        IMAGES + "[" + index + "]",
                        "a picture " + picture.getHeight() + " high and " + picture.getWidth() + " wide",
                        "one " + shape.height() + " high and " + shape.width() + " wide, as the model has them"));
            }
            pixels[index] = PicturePixels.of(picture, color);
        }
        return images(pixels);
    }

    /**
     * Images that the run was trained or tested on, with their labels, as an evaluation sees them: binarized, if the experiment
     * binarizes. They are read when they are asked for first.
     *
     * @param split which of them
     * @throws InvalidInputException if they are not where they were and {@code dataset.path} does not say where they are, or if there
     *     are none to validate on
     */
    public Images images(Split split) {
        ImageSubset images = splits().get(split);
        return new Images(images.shape(), images.pixels(), images.labels());
    }

    private synchronized DataSplits splits() {
        if (splits == null) {
            splits = saved.withImages().get(DataSplits.class);
        }
        return splits;
    }

    /**
     * The approximate posteriors of images.
     *
     * @throws InvalidInputException if their shape is another one, or a conditional model does not know their labels
     */
    public Encoding encode(Images images) {
        int count = requireFits(images).count();
        ImageSequence sequence = images.sequence();
        List<PosteriorValues> parts = call(engine -> inBatches(
                count,
                (from, many) -> PosteriorValues.of(engine, sequence.pixels(from, many), labels(sequence, from, many))));
        float[][] means = new float[count][latent()];
        float[][] deviations = new float[count][latent()];
        int image = 0;
        for (PosteriorValues part : parts) {
            for (int index = 0; index < part.count(); index++, image++) {
                System.arraycopy(part.means(), index * latent(), means[image], 0, latent());
                for (int dimension = 0; dimension < latent(); dimension++) {
                    deviations[image][dimension] = part.deviation(index, dimension);
                }
            }
        }
        return new Encoding(means, deviations);
    }

    /** The approximate posteriors of {@linkplain #images(float[]...) images of arrays}. */
    public Encoding encode(float[]... pixels) {
        return encode(images(pixels));
    }

    /** The approximate posteriors of {@linkplain #images(BufferedImage...) pictures}. */
    public Encoding encode(BufferedImage... pictures) {
        return encode(images(pictures));
    }

    /**
     * The expected images of latents, E[x|z].
     *
     * @param latents vectors of {@link #latent()} numbers
     * @return an image for each of them
     * @throws InvalidInputException if a vector has another length or a number that is not finite, or if a conditional model is given
     *     no labels
     */
    public Images decode(float[]... latents) {
        return decode(latents, new int[0]);
    }

    /**
     * The expected images of latents and labels, E[x|z, y].
     *
     * @param latents vectors of {@link #latent()} numbers
     * @param labels one for each vector, or one for all of them; none for a model that is not conditional
     * @return an image for each of the vectors, with its label
     * @throws InvalidInputException if a vector has another length or a number that is not finite, or if the labels are not those of
     *     the model
     */
    public Images decode(float[][] latents, int... labels) {
        float[] values = joined(LATENTS, latents, latent(), "one for each dimension");
        for (int index = 0; index < values.length; index++) {
            if (!Float.isFinite(values[index])) {
                throw new InvalidInputException(Problem.of(
                        LATENTS + "[" + index / latent() + "]", "the value " + values[index], "finite numbers"));
            }
        }
        int[] each = labels;
        if (labels.length == 1 && latents.length > 1) {
            each = IntStream.range(0, latents.length).map(vector -> labels[0]).toArray();
        }
        requireLabels(latents.length, each);
        Latents known = new Latents(latent(), values, each);
        return call(engine -> decode(engine, known));
    }

    /**
     * Images of latents that are drawn from the prior: those that {@code ./vae generate --seed} draws.
     *
     * @param count how many latents; the first ones of a larger number are the same
     * @param seed the same seed draws the same latents, on every engine
     * @param labels of a conditional model, for each of which there are {@code count} images, those of the first label first; the
     *     latents are the same for each. None for another model
     * @return the images, with their labels
     * @throws InvalidInputException if the count is not positive, or the labels are not those of the model
     */
    public Images sample(int count, long seed, int... labels) {
        requirePositive("count", count);
        requireLabels(labels.length, labels);
        return call(engine -> {
            float[] drawn = engine.drawFromPrior(count, new RandomStreams(seed), Purpose.GENERATION);
            Latents latents = new Latents(latent(), drawn);
            return decode(engine, labels.length == 0 ? latents : latents.withEach(labels));
        });
    }

    /**
     * Images of latents that are drawn from a mixture of Gaussians in the place of the prior (Ghosh et al. 2020): those that {@code
     * ./vae generate --prior gmm --seed} draws. The mixture is fitted to the latents of the training images when it is asked for first,
     * and a run keeps it, so that they are read once.
     *
     * @param components how many Gaussians; Ghosh et al. take 10
     * @param count how many latents; the first ones of a larger number are the same
     * @param seed the same seed draws the same latents
     * @param labels of a conditional model, as for {@link #sample}
     * @return the images, with their labels
     * @throws InvalidInputException if a number is not positive, there are more components than training images, or the labels are not
     *     those of the model; and if the mixture is to be fitted and {@link #images(Split) the images} are missing
     */
    public Images sampleMixture(int components, int count, long seed, int... labels) {
        requirePositive("components", components);
        requirePositive("count", count);
        requireLabels(labels.length, labels);
        LatentMixture mixture = mixture(components);
        return call(engine -> {
            Latents latents = new Latents(latent(), mixture.draw(count, new RandomStreams(seed), Purpose.GENERATION));
            return decode(engine, labels.length == 0 ? latents : latents.withEach(labels));
        });
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new InvalidInputException(Problem.of(what, Integer.toString(number), "at least 1"));
        }
    }

    private LatentMixture mixture(int components) {
        MixtureFitting fitting = new MixtureFitting(config(), saved.weights(), components, EncodedLatents.SAMPLED);
        synchronized (mixtures) {
            LatentMixture known = mixtures.get(components);
            if (known != null) {
                return known;
            }
            MixtureFit fit = saved.run()
                    .flatMap(run -> KeptMixture.find(run, fitting.stamp()))
                    .map(KeptMixture::fit)
                    .orElseGet(() -> fit(fitting));
            fitting.requireFits(fit, model);
            mixtures.put(components, fit.mixture());
            return fit.mixture();
        }
    }

    private MixtureFit fit(MixtureFitting fitting) {
        ImageSubset images = splits().get(Split.TRAIN);
        fitting.requireFeasible("components", latent(), images.count());
        KeptMixture fitted = call(engine -> fitting.fit(engine, images, new RandomStreams(config().seed())));
        saved.run().ifPresent(run -> keep(fitted, run));
        return fitted.fit();
    }

    /** Whoever asked has the mixture, whether it can be kept or not. */
    private static void keep(KeptMixture mixture, RunFolder run) {
        try {
            mixture.write(run);
        } catch (RunFailedException e) {
            LOGGER.warn("the mixture is not kept: {}", e.getMessage());
        }
    }

    private Images decode(VaeModel<?> engine, Latents latents) {
        List<float[]> parts = inBatches(latents.count(), (from, many) -> {
            Latents stretch = latents.stretch(from, many);
            return ModelImages.decode(engine, stretch.values(), stretch.labels());
        });
        return new Images(imageShape(), concatenated(parts), latents.labels());
    }

    /**
     * What the model keeps of images: the expected images of their posterior means.
     *
     * @return as many images, with the same labels
     * @throws InvalidInputException if their shape is another one, or a conditional model does not know their labels
     */
    public Images reconstruct(Images images) {
        int count = requireFits(images).count();
        ImageSequence sequence = images.sequence();
        List<float[]> parts = call(engine -> inBatches(
                count,
                (from, many) ->
                        ModelImages.reconstruct(engine, sequence.pixels(from, many), labels(sequence, from, many))));
        return new Images(imageShape(), concatenated(parts), images.labels());
    }

    /** What the model keeps of {@linkplain #images(float[]...) images of arrays}. */
    public Images reconstruct(float[]... pixels) {
        return reconstruct(images(pixels));
    }

    /** What the model keeps of {@linkplain #images(BufferedImage...) pictures}. */
    public Images reconstruct(BufferedImage... pictures) {
        return reconstruct(images(pictures));
    }

    /**
     * How well the model explains each image, in nats: reconstruction, KL and their sum, the negative ELBO, which is the larger the more
     * unusual an image is. Means over the test images are the figures that the run ends with: an image has the noise of its place among
     * the images, drawn by the seed of the experiment.
     *
     * @return a score for each image
     * @throws InvalidInputException if there is none or their shape is another one, or a conditional model does not know their labels
     */
    public List<ImageScore> score(Images images) {
        requireSome(images);
        return call(engine -> Collections.unmodifiableList(scoring(images).terms(engine, batchSize(), done -> {})));
    }

    /** How well the model explains each of {@linkplain #images(float[]...) images of arrays}. */
    public List<ImageScore> score(float[]... pixels) {
        return score(images(pixels));
    }

    /** How well the model explains each of these {@linkplain #images(BufferedImage...) pictures}. */
    public List<ImageScore> score(BufferedImage... pictures) {
        return score(images(pictures));
    }

    /**
     * The same with an estimate of log p(x) by importance sampling (Burda et al. 2016), see {@link ImageScore#likelihood()}.
     *
     * @param samples K, latents of each image by which it is estimated: the more, the tighter the bound
     * @return a score for each image
     * @throws InvalidInputException as {@link #score(Images)}; and if K is not positive, or the sampler of the model draws no latents
     *     from the posterior
     */
    public List<ImageScore> score(Images images, int samples) {
        requireSome(images);
        requirePositive("samples", samples);
        DrawnLatents.require("samples", objective);
        return call(engine -> scoring(images).withLikelihood(engine, batchSize(), samples));
    }

    /** With the noise of test images, whose place images from elsewhere take. */
    private ImageScoring scoring(Images images) {
        return new ImageScoring(images.sequence(), Split.TEST, new RandomStreams(config().seed()));
    }

    private int batchSize() {
        return config().training().batchSize();
    }

    /** Frees what the engine holds, after what was asked for before is done. A second call does nothing. */
    @Override
    public void close() {
        thread.close(model::close);
    }

    /** Does all of a piece of work in one turn: what is begun is not cut off by a close. */
    private <R> R call(Function<VaeModel<?>, R> work) {
        try {
            return thread.call(() -> work.apply(model));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the model of " + saved.weights() + " is closed", e);
        }
    }

    /** What is done for a stretch of images or latents. */
    @FunctionalInterface
    private interface Stretch<R> {
        R of(int from, int count);
    }

    /** No more at once than the experiment has in a batch. */
    private <R> List<R> inBatches(int count, Stretch<R> work) {
        List<R> parts = new ArrayList<>();
        for (int from = 0; from < count; from += batchSize()) {
            parts.add(work.of(from, Math.min(batchSize(), count - from)));
        }
        return parts;
    }

    /** Those of a data set are no labels to a model that knows none. */
    private int[] labels(ImageSequence images, int from, int count) {
        return classes() == 0 ? new int[0] : images.labels(from, count);
    }

    private void requireSome(Images images) {
        if (requireFits(images).count() == 0) {
            throw new InvalidInputException(Problem.of(IMAGES, "none", "at least one"));
        }
    }

    private Images requireFits(Images images) {
        if (!images.shape().equals(imageShape())) {
            throw new InvalidInputException(Problem.of(
                    IMAGES, "images of " + images.shape(), "images of " + imageShape() + ", as the model has them"));
        }
        if (classes() > 0) {
            requireLabels(images.count(), images.labels());
        }
        return images;
    }

    /** @param count how many there should be, if the model knows labels */
    private void requireLabels(int count, int... labels) {
        if (classes() == 0) {
            if (labels.length > 0) {
                throw new InvalidInputException(new Problem(
                        LABELS,
                        Integer.toString(labels.length),
                        "none, since the model knows no labels",
                        "a model that is trained with model.condition: label knows them"));
            }
            return;
        }
        if (labels.length != count || labels.length == 0) {
            throw new InvalidInputException(Problem.of(
                    LABELS,
                    labels.length == 0 ? "none" : Integer.toString(labels.length),
                    "a label from 0 to " + (classes() - 1) + " for each, on which the model is conditioned"));
        }
        for (int index = 0; index < labels.length; index++) {
            if (labels[index] < 0 || labels[index] >= classes()) {
                throw new InvalidInputException(Problem.of(
                        LABELS + "[" + index + "]",
                        Integer.toString(labels[index]),
                        "a label from 0 to " + (classes() - 1) + ", which the model knows"));
            }
        }
    }

    private static float[] joined(String what, float[][] each, int size, String reason) {
        float[] joined = new float[Math.multiplyExact(each.length, size)];
        for (int index = 0; index < each.length; index++) {
            Objects.requireNonNull(each[index], what + "[" + index + "]");
            if (each[index].length != size) {
                throw new InvalidInputException(Problem.of(
                        what + "[" + index + "]", each[index].length + " values", size + " values, " + reason));
            }
            System.arraycopy(each[index], 0, joined, index * size, size);
        }
        return joined;
    }

    private static float[] concatenated(List<float[]> parts) {
        FloatBuffer all = FloatBuffer.allocate(
                parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }
}
