package dev.vaelab.experiment.estimate;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.likelihood.BitsPerDimension;
import dev.vaelab.training.likelihood.ImageLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The likelihoods of images one by one, as far as they are estimated. Those of a run are kept in its folder, so that an estimate
 * that was interrupted goes on behind them, and one that is finished need not be made again.
 */
public final class LikelihoodRecord {
    private static final String ADVICE = "without the file, the estimate begins anew";

    private final EstimateStamp stamp;
    private final Optional<BitsPerDimension> bits;
    private final Optional<RunFolder> run;
    private final List<ImageLikelihood> images;

    /**
     * What the file holds.
     *
     * @param stamp of the estimate
     * @param logLikelihood of each image that is done, in their order, in nats; and so on, see {@link ImageLikelihood}
     */
    private record Kept(
            EstimateStamp stamp, double[] logLikelihood, double[] elbo, double[] variance, double[] effectiveSamples) {
        static Kept of(EstimateStamp stamp, List<ImageLikelihood> images) {
            return new Kept(
                    stamp,
                    values(images, ImageLikelihood::logLikelihood),
                    values(images, ImageLikelihood::elbo),
                    values(images, ImageLikelihood::variance),
                    values(images, ImageLikelihood::effectiveSamples));
        }

        private static double[] values(List<ImageLikelihood> images, ToDoubleFunction<ImageLikelihood> value) {
            return images.stream().mapToDouble(value).toArray();
        }

        boolean fits(EstimateStamp expected) {
            return stamp.equals(expected)
                    && logLikelihood.length <= stamp.images()
                    && elbo.length == logLikelihood.length
                    && variance.length == logLikelihood.length
                    && effectiveSamples.length == logLikelihood.length;
        }

        List<ImageLikelihood> images() {
            List<ImageLikelihood> images = new ArrayList<>();
            for (int image = 0; image < logLikelihood.length; image++) {
                images.add(new ImageLikelihood(
                        logLikelihood[image], elbo[image], variance[image], effectiveSamples[image]));
            }
            return images;
        }
    }

    private LikelihoodRecord(
            EstimateStamp stamp,
            Optional<BitsPerDimension> bits,
            Optional<RunFolder> run,
            List<ImageLikelihood> images) {
        this.stamp = stamp;
        this.bits = bits;
        this.run = run;
        this.images = new ArrayList<>(images);
    }

    /**
     * One that is kept nowhere.
     *
     * @param bits how nats are made into bits for each dimension, where there is a convention for it
     */
    public static LikelihoodRecord unkept(EstimateStamp stamp, Optional<BitsPerDimension> bits) {
        return new LikelihoodRecord(stamp, bits, Optional.empty(), List.of());
    }

    /**
     * One of a run, with what is there of it already.
     *
     * @param bits how nats are made into bits for each dimension, where there is a convention for it
     * @throws InvalidInputException if that is damaged
     */
    public static LikelihoodRecord open(RunFolder run, EstimateStamp stamp, Optional<BitsPerDimension> bits) {
        Path file = EstimateFiles.images(run, stamp);
        if (!RegularFiles.isThere(file)) {
            return new LikelihoodRecord(stamp, bits, Optional.of(run), List.of());
        }
        Kept kept = JsonText.readFile(file, Kept.class, ADVICE);
        if (!kept.fits(stamp)) {
            throw new InvalidInputException(new Problem(
                    file.toString(),
                    "values that are not those of its name",
                    "values of each image that is done, under the stamp of the estimate",
                    ADVICE));
        }
        return new LikelihoodRecord(stamp, bits, Optional.of(run), kept.images());
    }

    /** What it is of. */
    public EstimateStamp stamp() {
        return stamp;
    }

    /** What is known of the images that are done, in their order. */
    public List<ImageLikelihood> images() {
        return List.copyOf(images);
    }

    /** How many images are done. */
    public int done() {
        return images.size();
    }

    /** Whether all are. */
    public boolean complete() {
        return images.size() == stamp.images();
    }

    /**
     * Adds the images that follow.
     *
     * @throws RunFailedException if one of them has no finite likelihood
     */
    public void add(List<ImageLikelihood> next) {
        for (ImageLikelihood image : next) {
            if (!Double.isFinite(image.logLikelihood()) || !Double.isFinite(image.elbo())) {
                throw new RunFailedException("the likelihood of " + stamp.split() + " image " + images.size() + " is "
                        + image.logLikelihood() + ", its ELBO " + image.elbo()
                        + ": the engine cannot compute with these weights on these images");
            }
            images.add(image);
        }
    }

    /**
     * Keeps what is done, and the figures once all is.
     *
     * @throws RunFailedException if the folder of the run cannot be written to; what was kept before is intact
     */
    public void save() {
        if (run.isEmpty()) {
            return;
        }
        EstimateFiles.makeFolder(run.get());
        RunFolder.writeText(
                EstimateFiles.images(run.get(), stamp), JsonText.line(Kept.of(stamp, images)) + System.lineSeparator());
        if (complete()) {
            RunFolder.writeText(EstimateFiles.finished(run.get(), stamp), JsonText.page(figures()));
        }
    }

    /**
     * What the images come to that are done.
     *
     * @throws IllegalStateException if none is
     */
    public LikelihoodFigures figures() {
        if (images.isEmpty()) {
            throw new IllegalStateException("there is no mean of no images");
        }
        double mean = mean(ImageLikelihood::logLikelihood);
        double variance = mean(image -> Math.pow(image.logLikelihood() - mean, 2));
        int count = images.size();
        return new LikelihoodFigures(
                stamp,
                mean,
                count == 1 ? null : Math.sqrt(variance / (count - 1)),
                stamp.samples() == 1 ? null : Math.sqrt(mean(ImageLikelihood::variance) / count),
                mean(ImageLikelihood::elbo),
                mean(ImageLikelihood::effectiveSamples),
                bits.map(convention -> convention.of(-mean)).orElse(null));
    }

    private double mean(ToDoubleFunction<ImageLikelihood> value) {
        return images.stream().mapToDouble(value).sum() / images.size();
    }
}
