package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.run.RunFolder;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What is wrong with the files of estimates that a run keeps, for somebody who gets to see the others. */
final class EstimateWarnings {
    private EstimateWarnings() {}

    /** Warns of the damaged ones of a run, one a line. */
    static void print(RunFolder run, CommandSpec spec) {
        print(damaged(run), spec);
    }

    /** Warns of these, one a line. */
    static void print(List<Problem> damaged, CommandSpec spec) {
        PrintWriter errors = spec.commandLine().getErr();
        damaged.forEach(problem -> errors.println("warning: " + problem));
        errors.flush();
    }

    private static List<Problem> damaged(RunFolder run) {
        try {
            return RunEstimates.of(run).damaged();
        } catch (InvalidInputException e) {
            // Whoever needs the folder says so.
            return List.of();
        }
    }
}
