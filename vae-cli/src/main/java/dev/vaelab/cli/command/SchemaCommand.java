package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.experiment.file.ExperimentSchema;
import dev.vaelab.experiment.file.SweepSchema;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the rules of experiment files or of sweep files. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of experiment files, or of sweep files, for editors.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--sweep", description = "The schema of sweep files.")
    private boolean ofSweeps;

    /** The schema is JSON in any case; the option is there because every command has it. */
    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        Laboratory laboratory = Laboratory.open();
        if (!laboratory.problems().isEmpty()) {
            // Without the names of some plug-ins it would call files wrong that are right.
            throw new InvalidInputException(laboratory.problems());
        }
        ExperimentSchema schema = laboratory.schema();
        output.print(ofSweeps ? new SweepSchema(schema).text() : schema.text());
        output.flush();
        return ExitCode.OK;
    }
}
