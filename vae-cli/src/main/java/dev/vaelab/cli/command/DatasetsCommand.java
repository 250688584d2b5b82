package dev.vaelab.cli.command;

import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the kinds of data sets. */
@Command(
        name = "datasets",
        description = "Lists the kinds of data sets that there are.",
        mixinStandardHelpOptions = true)
final class DatasetsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Listing(List<Entry> datasets) {}

    private record Entry(String name, String description) {}

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        var datasets = Laboratory.open().datasets().all();
        if (json.requested) {
            output.println(JsonText.line(new Listing(datasets.stream()
                    .map(dataset -> new Entry(dataset.name(), dataset.description()))
                    .toList())));
        } else {
            for (DatasetProvider dataset : datasets) {
                output.printf(Locale.ROOT, "%-12s %s%n", dataset.name(), dataset.description());
            }
        }
        output.flush();
        return ExitCode.OK;
    }
}
