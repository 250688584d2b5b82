package dev.vaelab.experiment;

import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LikelihoodRecord;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.MachineDescription;
import dev.vaelab.experiment.run.MemoryRecord;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.aggregate.Estimate;
import dev.vaelab.training.aggregate.KlDecomposition;
import dev.vaelab.training.likelihood.BitsPerDimension;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.probe.Accuracy;
import dev.vaelab.training.probe.LatentProbe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Runs that nobody trained. */
public final class SampleRuns {
    private static final Measure MEASURE = Measure.of("bce", Binarization.NONE);

    /** The beginning of the SHA-256 of what {@link #estimate} writes as weights. */
    private static final String WEIGHTS = "9a129038d9a00aed";

    /** A text that would take a page over if it were markup. */
    public static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{data}} $1 \\u0041";

    private SampleRuns() {}

    public static ExperimentConfig config(String backend) {
        return new ExperimentConfig(
                "sample",
                1L,
                backend,
                JsonText.read("{\"name\": \"mnist\"}", DatasetConfig.class),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static Provenance provenance(String backend, String processor) {
        return new Provenance(
                "vaelab test",
                Instant.EPOCH,
                backend,
                new EngineDescription("Engine of " + backend, "1.2", 2, Map.of("blas", "OpenBLAS")),
                "mnist",
                Map.of("images", "00ff"),
                1,
                new MachineDescription(processor, 2, "Linux", "17"),
                Map.of("OMP_NUM_THREADS", "2"),
                3.5,
                new MemoryRecord(100L, 110L, 120L),
                null,
                null);
    }

    /** Epochs whose validation loss falls to {@code last}. */
    public static List<EpochMetrics> epochs(int count, double last) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(epoch -> {
                    double loss = last + count - epoch;
                    return new EpochMetrics(
                            epoch,
                            epoch * 10L,
                            MEASURE,
                            new Figures(loss - 15, 20),
                            new Figures(loss - 20, 20),
                            loss,
                            true,
                            0.001,
                            1,
                            2.5,
                            0.5,
                            1000,
                            OptionalLong.of(100));
                })
                .toList();
    }

    public static RunResult result(String backend, long seed, int epochs, double total) {
        return new RunResult("sample", backend, seed, epochs, epochs, total + 1, MEASURE, new Figures(total - 20, 20));
    }

    /** A finished run with a folder and two pictures in it. */
    public static ComparedRun finished(Path parent, String backend, long seed, int epochs, double total)
            throws IOException {
        RunFolder run = write(parent.resolve(backend + "-seed" + seed), backend, seed, epochs, total);
        return new ComparedRun(
                backend,
                seed,
                run.path().toString(),
                null,
                result(backend, seed, epochs, total),
                epochs(epochs, total),
                provenance(backend, "processor"));
    }

    public static RunFolder write(Path path, String backend, long seed, int epochs, double total) throws IOException {
        RunFolder run = begin(path, backend, "processor");
        StringBuilder metrics = new StringBuilder();
        epochs(epochs, total)
                .forEach(epoch -> metrics.append(JsonText.line(epoch)).append('\n'));
        Files.writeString(run.metrics(), metrics);
        Files.writeString(run.result(), JsonText.page(result(backend, seed, epochs, total)));
        Files.writeString(
                run.latent(),
                JsonText.page(new LatentStatistics(
                        100,
                        List.of(
                                new LatentStatistics.Dimension(2.5, 0.9),
                                new LatentStatistics.Dimension(0.001, 0.002)))));
        for (String name : List.of("reconstructions", "samples")) {
            ImageIO.write(
                    new BufferedImage(90, 30, BufferedImage.TYPE_INT_RGB),
                    "png",
                    run.images().resolve(name + ".png").toFile());
        }
        return run;
    }

    /** Gives a run weights, and a finished estimate of their likelihood: of -90 and -91 nats for two images, with 10 samples. */
    public static void estimate(RunFolder run, String split) throws IOException {
        estimate(run, stamp(EstimateStamp.Kind.LIKELIHOOD, split));
    }

    /** Gives a run the same of another data set. */
    public static void estimateOfOtherImages(RunFolder run, String dataset, String split) throws IOException {
        estimate(run, stamp(EstimateStamp.Kind.LIKELIHOOD, dataset, split));
    }

    private static void estimate(RunFolder run, EstimateStamp stamp) throws IOException {
        Files.createDirectories(run.checkpoints().best().getParent());
        Files.writeString(run.checkpoints().best(), "weights");
        LikelihoodRecord record = LikelihoodRecord.open(run, stamp, Optional.of(new BitsPerDimension(784, 0)));
        record.add(List.of(new ImageLikelihood(-90, -95, 0.5, 4), new ImageLikelihood(-91, -97, 0.5, 6)));
        record.save();
    }

    /** Gives a run that {@link #estimate} gave weights the parts of their KL, and what labels are told from their latents. */
    public static void probe(RunFolder run, String split) {
        Estimate half = new Estimate(0.5, 0.01);
        new DecompositionFigures(
                        stamp(EstimateStamp.Kind.DECOMPOSITION, split),
                        new KlDecomposition(new Estimate(3, 0.2), new Estimate(2.5, 0.1), half, half, half, 0.693),
                        1,
                        2)
                .write(run);
        new ProbeFigures(
                        stamp(EstimateStamp.Kind.PROBE, split),
                        new LatentProbe(new Accuracy(90, 100), new Accuracy(80, 100), 10, 1, 10, new Accuracy(10, 100)))
                .write(run);
    }

    private static EstimateStamp stamp(EstimateStamp.Kind kind, String split) {
        return stamp(kind, "mnist", split);
    }

    private static EstimateStamp stamp(EstimateStamp.Kind kind, String dataset, String split) {
        return new EstimateStamp(kind, dataset, "00ff", MEASURE, split, 2, 10, 1, "djl", WEIGHTS, "model", "pixels");
    }

    /** A run that has not done an epoch yet. */
    public static RunFolder begin(Path path, String backend, String processor) throws IOException {
        RunFolder run = new RunFolder(path);
        Files.createDirectories(run.images());
        Files.writeString(run.config(), new ExperimentWriter().write(config(backend)));
        Files.writeString(run.provenance(), JsonText.page(provenance(backend, processor)));
        return run;
    }
}
