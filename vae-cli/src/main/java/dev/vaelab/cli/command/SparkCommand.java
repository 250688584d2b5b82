package dev.vaelab.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What outgrows one machine. */
@Command(
        name = "spark",
        description = {
            "Does the work of other commands on the machines of an Apache Spark cluster, with the same files and the same results.",
            "The launcher brings Spark with Maven when it is first called; SPARK_HOME names one that is there. See docs/cluster.md."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            SparkSweepCommand.class,
            SparkEncodeCommand.class,
            SparkScoreCommand.class,
            SparkEvaluateCommand.class
        })
final class SparkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
