package dev.vaelab.cli.command;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.history.RunSearch;
import dev.vaelab.experiment.history.RunSummary;
import dev.vaelab.experiment.history.RunTable;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
        name = "runs",
        description = "Lists the runs in a folder and below, those of comparisons included, with their key figures.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
    /** What comes first. */
    enum Order {
        /** By folder. */
        NAME,
        /** By the beginning of the training. */
        TIME
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The folder. Default: runs.")
    private Path folder;

    @Option(
            names = "--sort",
            defaultValue = "name",
            paramLabel = "ORDER",
            description = "name or time, the oldest first. Default: name.")
    private Order order;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Listing(String folder, List<RunSummary> runs) {}

    @Override
    public Integer call() {
        Path searched = folder == null ? RunFolder.DEFAULT_PARENT : folder;
        boolean nothingYet = folder == null && !Files.exists(searched);
        List<RunSummary> runs = nothingYet
                ? List.of()
                : RunSearch.below(searched).stream().map(RunSummary::read).toList();
        if (order == Order.TIME) {
            runs = runs.stream()
                    .sorted(Comparator.comparing(
                            RunSummary::started, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                    .toList();
        }
        runs.forEach(run -> EstimateWarnings.print(run.estimates().damaged(), spec));
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(new Listing(searched.toString(), runs)));
        } else {
            output.print(
                    runs.isEmpty()
                            ? VisibleText.line("no runs in " + searched) + "\n"
                            : RunTable.of(runs, Console.outputColumns()));
        }
        output.flush();
        return ExitCode.OK;
    }
}
