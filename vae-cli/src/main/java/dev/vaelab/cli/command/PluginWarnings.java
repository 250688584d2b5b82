package dev.vaelab.cli.command;

import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What is wrong with plug-ins, for somebody whose command may not need them. */
final class PluginWarnings {
    private PluginWarnings() {}

    /** Looks up what there is, and warns of plug-ins that there are in vain. */
    static Laboratory open(CommandSpec spec) {
        Laboratory laboratory = Laboratory.open();
        PrintWriter errors = spec.commandLine().getErr();
        laboratory.problems().forEach(problem -> errors.println("warning: " + problem));
        errors.flush();
        return laboratory;
    }
}
