package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import java.util.List;
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
    private record Answer(
            List<Listing.Entry> backends,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem> problems) {}

    @Override
    public Integer call() {
        Laboratory laboratory = Laboratory.open();
        Listing listing = Listing.of(laboratory.backends(), VaeBackend::description, laboratory.problems());
        if (!json.requested) {
            return listing.print(spec);
        }
        PrintWriter output = spec.commandLine().getOut();
        output.println(JsonText.line(new Answer(listing.entries(), listing.problems())));
        output.flush();
        return listing.problems().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }
}
