package dev.vaelab.cli.command;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.WholeFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.export.ExportFormat;
import dev.vaelab.export.ExportedFile;
import dev.vaelab.export.ModelExport;
import dev.vaelab.export.graph.ExportedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a trained model for other programs. */
@Command(
        name = "export",
        description = {
            "Writes encoder and decoder for other programs, as a folder that is there whole or not at all.",
            "onnx: encoder.onnx and decoder.onnx, for ONNX Runtime. torchscript: a folder for each, which DJL, DJL Serving and"
                    + " torch.jit.load take. huggingface: model.safetensors, config.json, the model in PyTorch, and a model card"
                    + " of the run.",
            "The decoder gives what decode draws. Needs the model and neither images nor an engine."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    /** Whose latents anybody draws. */
    private static final String STANDARD_PRIOR = "standard";

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "What to write: ${COMPLETION-CANDIDATES}.")
    private ExportFormat format;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write, a new or empty one.")
    private Path out;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Written(String format, String folder, String weights, List<ExportedFile> files) {}

    @Override
    public Integer call() {
        new WholeFolder(out).requireNew();
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = trained.withoutImages();
        ExportedModel model = new ExportedModel(
                trained.config(),
                experiment.get(Architecture.class),
                experiment.get(Objective.class),
                trained.tensors(experiment),
                trained.classNames());
        List<ExportedFile> files = new ModelExport(model, trained.run()).write(format, out);
        if (format == ExportFormat.HUGGINGFACE) {
            trained.run().ifPresent(run -> EstimateWarnings.print(run, spec));
        }
        tellOfPrior(model);
        print(new Written(format.toString(), out.toString(), trained.weights().toString(), files));
        return ExitCode.OK;
    }

    private void tellOfPrior(ExportedModel model) {
        String prior = model.objective().prior().name();
        if (format != ExportFormat.HUGGINGFACE && !prior.equals(STANDARD_PRIOR)) {
            PrintWriter errors = spec.commandLine().getErr();
            errors.println(
                    VisibleText.line(
                            "note: the prior " + prior + " is no part of " + format
                                    + " files: latents for new images have to come from elsewhere, standard normal ones are not of it"));
            errors.flush();
        }
    }

    private void print(Written written) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(written));
        } else {
            output.println(VisibleText.line("folder: " + written.folder() + " (" + written.format() + ")"));
            for (ExportedFile file : written.files()) {
                output.println(
                        VisibleText.line(String.format(Locale.ROOT, "%12d bytes  %s", file.bytes(), file.file())));
            }
        }
        output.flush();
    }
}
