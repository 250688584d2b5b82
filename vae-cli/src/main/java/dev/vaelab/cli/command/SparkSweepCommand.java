package dev.vaelab.cli.command;

import dev.vaelab.experiment.cluster.Cluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The runs of a sweep, each a part of its own. */
@Command(
        name = "sweep",
        description = "Trains one experiment with different settings on the machines of a cluster.",
        mixinStandardHelpOptions = true)
final class SparkSweepCommand implements Callable<Integer> {
    @Mixin
    private SparkOptions spark;

    @Override
    public Integer call() {
        try (Cluster cluster = spark.open("vae sweep")) {
            System.err.println(cluster.slots());
        }
        return ExitCode.OK;
    }
}
