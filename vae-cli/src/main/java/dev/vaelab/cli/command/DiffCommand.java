package dev.vaelab.cli.command;

import dev.vaelab.cli.table.DifferenceTable;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.history.RunDifference;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is different between two runs. */
@Command(
        name = "diff",
        description = "Says what is different between two runs: configuration, engine, versions, threads, data, seed,"
                + " machine; and shows their figures side by side.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "Run folder.")
    private Path first;

    @Parameters(index = "1", paramLabel = "RUN", description = "The other run folder.")
    private Path second;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        List<RunFolder> runs = List.of(RunFolder.open(first), RunFolder.open(second));
        RunDifference difference = RunDifference.of(runs.get(0), runs.get(1));
        runs.forEach(run -> EstimateWarnings.print(run, spec));
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(difference));
        } else {
            output.print(DifferenceTable.of(difference, Console.outputColumns()));
        }
        output.flush();
        return ExitCode.OK;
    }
}
