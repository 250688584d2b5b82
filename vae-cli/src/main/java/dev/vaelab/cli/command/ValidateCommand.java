package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.SchemaFile;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks experiment files and sweep files without training. */
@Command(
        name = "validate",
        description = "Checks experiment files, sweep files and their data by the rules of train, without training.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "CONFIG", description = "Experiment files and sweep files, JSON or YAML.")
    private List<Path> configs;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Verdicts(boolean valid, List<Verdict> files) {}

    /** @param schema true of a JSON Schema, in which there is nothing to check; null of all other files */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Verdict(String file, boolean valid, Boolean schema, List<Problem> problems) {}

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        List<Verdict> verdicts = new ArrayList<>();
        for (Path file : configs) {
            if (SchemaFile.isSchema(file)) {
                verdicts.add(new Verdict(file.toString(), true, true, List.of()));
            } else {
                List<Problem> problems = check(laboratory, file);
                verdicts.add(new Verdict(file.toString(), problems.isEmpty(), null, problems));
            }
        }
        boolean valid = verdicts.stream().allMatch(Verdict::valid);
        print(new Verdicts(valid, verdicts));
        return valid ? ExitCode.OK : ExitCode.USAGE;
    }

    private List<Problem> check(Laboratory laboratory, Path file) {
        try {
            if (laboratory.sweeps().isSweep(file)) {
                LoadedSweep sweep = laboratory.sweeps().load(file, options.overrides(), options.backend());
                new SweepCheck(laboratory).require(sweep);
            } else {
                laboratory.require(laboratory.loader().load(file, options.overrides(), options.backend()));
            }
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }

    private static String notValid(List<Problem> problems) {
        return problems.size() == 1 ? ": not valid" : ": not valid, " + problems.size() + " problems";
    }

    private void print(Verdicts verdicts) {
        PrintWriter output = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        for (Verdict verdict : verdicts.files()) {
            if (verdict.valid()) {
                if (!json.requested) {
                    output.println(VisibleText.line(verdict.file())
                            + (verdict.schema() == null ? ": valid" : ": a JSON Schema, no experiment: not checked"));
                }
            } else {
                errors.println(VisibleText.line(verdict.file()) + notValid(verdict.problems()));
                InvalidInputException.lines(verdict.problems()).forEach(line -> errors.println("  " + line));
            }
        }
        if (json.requested) {
            output.println(JsonText.line(verdicts));
        }
        output.flush();
        errors.flush();
    }
}
