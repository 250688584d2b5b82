package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.encoding.PosteriorFile;
import dev.vaelab.experiment.scoring.ScoreFile;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.PortableModel;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.FigureSum;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A trained model and many images, for the machines of a cluster.
 *
 * <p>Images fall into parts at multiples of what is worked on at once, as engines may compute the last bits of an image by how many
 * stand beside it: with as many threads, the results are those of one machine bit for bit. Images of files fall into batches anew where
 * Parquet begins a row group, so that results depend on neither the parts nor the machines.
 */
public final class ImageJob {
    /** Of each slot, so that one that is slow, or lost, holds up little. */
    private static final int PARTS_OF_SLOT = 4;

    /** Images of a part at most, and so the work that a lost machine costs. */
    private static final int MOST_OF_PART = 1 << 16;

    /**
     * Images of files that a part has at least: what a part costs is nothing beside them. The parts become as small toward the end, when
     * nobody should be left without.
     */
    private static final int LEAST_OF_PART = 1 << 13;

    /** Images of files that a part has as a rule, at most: more machines may come than there are when the parts are made. */
    private static final int MOST_OF_PART_OF_FILES = 1 << 15;

    private static final int CHUNK = 2048;

    private final SavedModel saved;
    private final Laboratory.Assembly experiment;
    private final Optional<Split> split;
    private final List<ImageFiles.Stretch> stretches;

    private ImageJob(
            SavedModel saved,
            Laboratory.Assembly experiment,
            Optional<Split> split,
            List<ImageFiles.Stretch> stretches) {
        this.saved = saved;
        this.experiment = experiment;
        this.split = split;
        this.stretches = stretches;
    }

    /**
     * Of the images of a split.
     *
     * @param experiment with its images
     */
    public static ImageJob ofSplit(SavedModel saved, Laboratory.Assembly experiment, Split split) {
        experiment.get(DataSplits.class).get(split);
        return new ImageJob(saved, experiment, Optional.of(split), List.of());
    }

    /**
     * Of images in files that the cluster reads, see docs/cluster.md.
     *
     * @param path a file, or a folder of files
     * @throws dev.vaelab.api.InvalidInputException if there are none, or they do not fit the model
     */
    public static ImageJob ofFiles(SavedModel saved, Laboratory.Assembly experiment, String path) {
        Architecture architecture = experiment.get(Architecture.class);
        ExperimentConfig config = saved.config();
        return new ImageJob(
                saved,
                experiment,
                Optional.empty(),
                ImageFiles.ofProgram()
                        .stretches(
                                path,
                                architecture.image(),
                                multiple(CHUNK, config.training().batchSize()),
                                architecture.conditional()));
    }

    /** How many images there are. */
    public long count() {
        return split.map(part ->
                        (long) experiment.get(DataSplits.class).get(part).count())
                .orElseGet(() ->
                        stretches.stream().mapToLong(ImageFiles.Stretch::count).sum());
    }

    /**
     * Writes the posteriors, as {@link PosteriorFile} does.
     *
     * @param out {@code FILE.csv}, or {@code FOLDER.parquet}
     */
    public void encode(Cluster cluster, String out) {
        cluster.requireThreads();
        ImageTable table = ImageTable.to(out, cluster);
        int batch = saved.config().training().batchSize();
        List<Object> parts = parts(batch, cluster.slots());
        table.write(
                PosteriorFile.columns(experiment.get(Architecture.class).latent()),
                settings(batch),
                parts.size(),
                (settings, done) -> cluster.run("encode", EncodeTask.class, settings, parts, done));
    }

    /**
     * What scores come to.
     *
     * @param images how many
     * @param reconstruction the mean of the images, as those that follow
     * @param logLikelihood nothing if it was not estimated
     */
    public record Means(
            long images, double reconstruction, double kl, double negativeElbo, Optional<Double> logLikelihood) {}

    /**
     * Writes the scores, as {@link ScoreFile} does.
     *
     * @param out {@code FILE.csv}, or {@code FOLDER.parquet}
     * @param samples by which log p(x) is estimated; nothing if it is not
     */
    public Means score(Cluster cluster, String out, Optional<Integer> samples) {
        cluster.requireThreads();
        ImageTable table = ImageTable.to(out, cluster);
        int atOnce = atOnce(samples);
        List<Object> parts = parts(atOnce, cluster.slots());
        Map<String, Object> all = settings(atOnce);
        samples.ifPresent(number -> all.put(ScoreTask.SAMPLES, number));
        List<Object> results = table.write(
                ScoreFile.columns(samples.isPresent(), false),
                all,
                parts.size(),
                (settings, done) -> cluster.run("score", ScoreTask.class, settings, parts, done));
        double[] reconstruction = joined(results, 0);
        double[] kl = joined(results, 1);
        double[] elbo = new double[kl.length];
        Arrays.setAll(elbo, image -> reconstruction[image] + kl[image]);
        return new Means(
                kl.length, mean(reconstruction), mean(kl), mean(elbo), samples.map(number -> mean(joined(results, 2))));
    }

    /**
     * What an evaluation comes to.
     *
     * @param sum of the terms of the loss
     * @param likelihoods of the images, in their order
     */
    public record Evaluation(FigureSum sum, List<ImageLikelihood> likelihoods) {}

    /** Evaluates the loss, and estimates log p(x) by so many samples. */
    public Evaluation evaluate(Cluster cluster, int samples) {
        cluster.requireThreads();
        int atOnce = atOnce(Optional.of(samples));
        Map<String, Object> settings = settings(atOnce);
        settings.put(LikelihoodTask.SAMPLES, samples);
        List<Object> parts = parts(atOnce, cluster.slots());
        FigureSum sum = FigureSum.ZERO;
        List<ImageLikelihood> likelihoods = new ArrayList<>();
        for (Object result : cluster.run("evaluate", LikelihoodTask.class, settings, parts)) {
            Object[] both = (Object[]) result;
            for (Object batch : (Object[]) both[0]) {
                Map<String, Double> terms = new LinkedHashMap<>();
                ((Map<?, ?>) ((Object[]) batch)[0]).forEach((name, value) -> terms.put((String) name, (Double) value));
                sum = sum.plus(new FigureSum(terms, (Long) ((Object[]) batch)[1]));
            }
            for (double[] each : (double[][]) both[1]) {
                likelihoods.add(new ImageLikelihood(each[0], each[1], each[2], each[3]));
            }
        }
        return new Evaluation(sum, likelihoods);
    }

    /** Images at whose multiples batches begin, and pieces of the estimate if there is one. */
    private int atOnce(Optional<Integer> samples) {
        int batch = saved.config().training().batchSize();
        if (samples.isEmpty() || split.isEmpty()) {
            return batch;
        }
        int pieces = LikelihoodEstimation.imagesAtOnce(experiment.get(Architecture.class), samples.get());
        int both = batch;
        while (both % pieces != 0) {
            both = Math.addExact(both, batch);
        }
        return both;
    }

    private Map<String, Object> settings(int atOnce) {
        Map<String, Object> settings = new HashMap<>(PortableModel.pack(saved, experiment, split.isPresent()));
        split.ifPresent(part -> settings.put(ImageTask.SPLIT, part.toString()));
        settings.put(ImageTask.CHUNK, multiple(CHUNK, atOnce));
        return settings;
    }

    /** The smallest multiple that is not smaller. */
    private static int multiple(int least, int of) {
        return Math.multiplyExact((least + of - 1) / of, of);
    }

    private List<Object> parts(int atOnce, int slots) {
        return split.map(part -> {
                    int count = experiment.get(DataSplits.class).get(part).count();
                    int each = Math.min(MOST_OF_PART, 1 + (count - 1) / (slots * PARTS_OF_SLOT));
                    return ranges(count, multiple(each, atOnce));
                })
                .orElseGet(() -> ofStretches(slots));
    }

    private static List<Object> ranges(int count, int each) {
        List<Object> parts = new ArrayList<>();
        for (int from = 0; from < count; from += each) {
            parts.add(new Object[] {parts.size(), from, Math.min(each, count - from)});
        }
        return parts;
    }

    private List<Object> ofStretches(int slots) {
        List<Object> parts = new ArrayList<>();
        List<Object[]> open = new ArrayList<>();
        long left = count();
        long wanted = wanted(left, slots);
        for (ImageFiles.Stretch stretch : stretches) {
            for (int from = 0; from < stretch.count(); ) {
                int next = stretch.cut() == 0 ? stretch.count() : multiple((int) wanted, stretch.cut());
                int many = Math.min(stretch.count() - from, next);
                open.add(stretch.some(from, many).packed());
                from += many;
                left -= many;
                wanted -= many;
                if (wanted <= 0 || left == 0) {
                    parts.add(new Object[] {parts.size(), open.toArray(Object[][]::new)});
                    open.clear();
                    wanted = wanted(left, slots);
                }
            }
        }
        return parts;
    }

    /** Images of the next part, of so many that are in none yet. */
    private static long wanted(long left, int slots) {
        return Math.max(LEAST_OF_PART, Math.min(MOST_OF_PART_OF_FILES, left / (slots * PARTS_OF_SLOT)));
    }

    private static double[] joined(List<Object> results, int index) {
        return results.stream()
                .flatMapToDouble(result -> Arrays.stream((double[]) ((Object[]) result)[index]))
                .toArray();
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).sum() / values.length;
    }
}
