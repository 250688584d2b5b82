package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeBackend;
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

/** Lists the engines. */
@Command(name = "backends", description = "Lists the engines that there are.", mixinStandardHelpOptions = true)
final class BackendsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Listing(List<Entry> backends) {}

    private record Entry(String name, String description) {}

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        var backends = Laboratory.open().backends().all();
        if (json.requested) {
            output.println(JsonText.line(new Listing(backends.stream()
                    .map(backend -> new Entry(backend.name(), backend.description()))
                    .toList())));
        } else {
            for (VaeBackend backend : backends) {
                output.printf(Locale.ROOT, "%-12s %s%n", backend.name(), backend.description());
            }
        }
        output.flush();
        return ExitCode.OK;
    }
}
