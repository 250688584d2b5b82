package dev.vaelab.cli.command;

import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Objective;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.images.ImageJob;
import dev.vaelab.experiment.estimate.DrawnLatents;
import dev.vaelab.experiment.wiring.Laboratory;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A trained model and many images, which the machines of a cluster look at. */
final class SparkImages {
    /** What log p(x) is estimated by; the commands that do have this option. */
    static final String SAMPLES = "--samples";

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @ArgGroup
    private Which which = new Which();

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private SparkOptions spark;

    /** Images of the data set, or of files. */
    static final class Which {
        @Option(
                names = "--split",
                defaultValue = "test",
                paramLabel = "SPLIT",
                description =
                        "Which images of the data set, which every machine reads: ${COMPLETION-CANDIDATES}. Default: test.")
        private Split split = Split.TEST;

        @Option(
                names = "--images",
                paramLabel = "PATH",
                description =
                        "Images of files that Spark reaches, instead: Parquet with a column image (and label, index), pictures, or files"
                                + " of pixels, a byte each; or a folder of them. No machine holds all of them.")
        private String images;
    }

    /**
     * What a command does.
     *
     * @param trained the model
     * @param experiment put together, with the images of the data set if they are looked at
     * @param job the model and the images
     */
    record Task(TrainedModel trained, Laboratory.Assembly experiment, ImageJob job, Cluster cluster) {}

    /** What the images are called. */
    String called() {
        return which.images == null ? which.split.toString() : which.images;
    }

    /** The split whose images are looked at, or whose place images of files take. */
    Split split() {
        return which.images == null ? which.split : Split.TEST;
    }

    /** Whether they are images of files. */
    boolean ofFiles() {
        return which.images != null;
    }

    /**
     * Does a command on a cluster; what is wrong with the model and with images of the data set is told before one is reached.
     *
     * @param samples by which log p(x) is estimated; nothing if it is not
     * @return the exit code
     */
    int run(CommandSpec spec, String name, Optional<Integer> samples, Work work) {
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = ofFiles() ? trained.withoutImages() : trained.withImages();
        samples.ifPresent(number -> DrawnLatents.require(SAMPLES, experiment.get(Objective.class)));
        try (Cluster cluster = spark.open(name)) {
            ImageJob job = ofFiles()
                    ? ImageJob.ofFiles(trained.saved(), experiment, which.images)
                    : ImageJob.ofSplit(trained.saved(), experiment, which.split);
            return work.run(new Task(trained, experiment, job, cluster));
        }
    }

    /** The work of a command. */
    interface Work {
        /** Does it. */
        int run(Task task);
    }
}
