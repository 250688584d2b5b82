package dev.vaelab.cli.command;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the posteriors of images as a table, on a cluster. */
@Command(
        name = "encode",
        description = {
            "Writes posterior mean and standard deviation of each image in each dimension, as vae encode does, on the machines of a cluster.",
            "As one CSV file, which is that of vae encode byte for byte, or as a folder of Parquet files in the order of the images."
        },
        mixinStandardHelpOptions = true)
final class SparkEncodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SparkImages images;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.csv|DIR.parquet",
            description = "The table to write, in a folder that every machine reaches.")
    private String out;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Table(
            String file, String weights, String backend, String dataset, String split, long images, int latent) {}

    @Override
    public Integer call() {
        return images.run(spec, "vae encode", Optional.empty(), task -> {
            task.job().encode(task.cluster(), out);
            PrintWriter output = spec.commandLine().getOut();
            output.println(
                    json.requested
                            ? JsonText.line(new Table(
                                    out,
                                    task.trained().weights().toString(),
                                    task.trained().config().backend(),
                                    images.ofFiles()
                                            ? images.called()
                                            : task.trained().config().dataset().name(),
                                    images.split().toString(),
                                    task.job().count(),
                                    task.trained().config().model().latent()))
                            : VisibleText.line("table: " + out + " ("
                                    + task.job().count() + " "
                                    + (images.ofFiles() ? "images of " + images.called() : images.called() + " images")
                                    + ")"));
            output.flush();
            return ExitCode.OK;
        });
    }
}
