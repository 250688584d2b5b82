package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.cluster.images.ImageJob;
import dev.vaelab.experiment.json.JsonText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says of each image how likely it is under the model, on a cluster. */
@Command(
        name = "score",
        description = {
            "Writes how unusual each image is, as vae score does, on the machines of a cluster: reconstruction, kl and negative ELBO in"
                    + " nats, with --samples also the log-likelihood.",
            "As one CSV file, which is that of vae score byte for byte, or as a folder of Parquet files in the order of the images."
        },
        mixinStandardHelpOptions = true)
final class SparkScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SparkImages images;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.csv|DIR.parquet",
            description = "The table to write, a row for each image, in a folder that every machine reaches.")
    private String out;

    @Option(
            names = SparkImages.SAMPLES,
            paramLabel = "K",
            description = "Estimate log p(x), too, by so many latents of each image.")
    private Integer samples;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints: means over the images. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Scores(
            String file,
            String weights,
            String backend,
            String dataset,
            String split,
            long images,
            Measure measure,
            double reconstruction,
            double kl,
            double negativeElbo,
            Double logLikelihood) {}

    @Override
    public Integer call() {
        if (samples != null) {
            WholeNumber.requireAtLeast(1, SparkImages.SAMPLES, samples);
        }
        return images.run(spec, "vae score", Optional.ofNullable(samples), task -> {
            ImageJob.Means means = task.job().score(task.cluster(), out, Optional.ofNullable(samples));
            PrintWriter output = spec.commandLine().getOut();
            if (json.requested) {
                output.println(JsonText.line(new Scores(
                        out,
                        task.trained().weights().toString(),
                        task.trained().config().backend(),
                        images.ofFiles()
                                ? images.called()
                                : task.trained().config().dataset().name(),
                        images.split().toString(),
                        means.images(),
                        task.trained().config().measure(),
                        means.reconstruction(),
                        means.kl(),
                        means.negativeElbo(),
                        means.logLikelihood().orElse(null))));
            } else {
                output.println(VisibleText.line(String.format(
                        Locale.ROOT,
                        "%d images: reconstruction %.4f, KL %.4f, negative ELBO %.4f nats per image%s",
                        means.images(),
                        means.reconstruction(),
                        means.kl(),
                        means.negativeElbo(),
                        means.logLikelihood()
                                .map(value -> String.format(Locale.ROOT, ", log p(x) %.4f", value))
                                .orElse(""))));
                output.println(VisibleText.line("table: " + out));
            }
            output.flush();
            return ExitCode.OK;
        });
    }
}
