package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Offer;
import dev.vaelab.api.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What there is of one kind, and what is wrong with the rest.
 *
 * @param entries those that can be chosen
 * @param problems of the others, and of plug-ins of which nobody knows what they have
 */
record Listing(List<Entry> entries, List<Problem> problems) {
    /**
     * One that can be chosen.
     *
     * @param name by which it is chosen
     * @param description one line
     * @param from the jar or the folder that it was loaded from
     */
    record Entry(String name, String description, String from) {
        private String line() {
            return String.format(Locale.ROOT, "%-12s %s (%s)", name, description, from);
        }
    }

    /**
     * Loads everything of a kind.
     *
     * @param problems of plug-ins that are known already
     */
    static <P> Listing of(NamedProviders<P> providers, Function<P, String> description, List<Problem> problems) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> all = new ArrayList<>(problems);
        for (Offer<P> offer : providers.offers()) {
            try {
                entries.add(new Entry(
                        offer.name(), description.apply(offer.provider().get()), offer.place()));
            } catch (InvalidInputException e) {
                all.addAll(e.problems());
            } catch (RuntimeException | LinkageError e) {
                all.add(new Problem(
                        offer.origin(),
                        "a failure when asked for its description: " + e,
                        "",
                        "mend it or take it away"));
            }
        }
        return new Listing(entries, all);
    }

    /** Prints a line for each, and the problems as errors; returns the exit code. */
    int print(CommandSpec spec) {
        PrintWriter output = spec.commandLine().getOut();
        entries.forEach(entry -> output.println(entry.line()));
        output.flush();
        PrintWriter errors = spec.commandLine().getErr();
        problems.forEach(problem -> errors.println("error: " + problem));
        errors.flush();
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }
}
