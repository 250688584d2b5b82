package dev.vaelab.cli;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.cli.command.ErrorReport;
import dev.vaelab.cli.command.HelpLayout;
import dev.vaelab.cli.command.LocaleCheck;
import dev.vaelab.cli.command.VaeCommand;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.process.ParentProcess;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Entry point. Exit codes: 0 done, 1 failed while running, 2 the command or the configuration is wrong. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] arguments) {
        // Digits are ASCII and no i is Turkish, whatever a library formats: what one machine prints, another one reads.
        Locale.setDefault(Locale.ROOT);
        HomeFolder.repair();
        ParentProcess.onEnd(() -> System.exit(ExitCode.SOFTWARE));
        System.exit(run(Console.install(), arguments));
    }

    /** Runs one command in a process that goes on, and returns its exit code; prints to the streams of {@link System}. */
    public static int run(String... arguments) {
        return run(System.out, System.err, Integer.MAX_VALUE, arguments);
    }

    /**
     * Runs one command in a process that goes on. Meanwhile the process has the program's locale, and {@link System}'s streams are
     * the command's.
     *
     * @param out takes standard output, in UTF-8
     * @param err takes standard error, in UTF-8
     * @param columns how wide both are, where lines are folded; {@link Integer#MAX_VALUE} for whatever has no width
     * @return the exit code
     */
    public static int run(OutputStream out, OutputStream err, int columns, String... arguments) {
        Locale locale = Locale.getDefault();
        Map<Locale.Category, Locale> categories = Arrays.stream(Locale.Category.values())
                .collect(Collectors.toMap(category -> category, Locale::getDefault));
        Locale.setDefault(Locale.ROOT);
        try (Console console = Console.over(out, err, columns)) {
            return run(console, arguments);
        } finally {
            Locale.setDefault(locale);
            categories.forEach(Locale::setDefault);
        }
    }

    private static int run(Console console, String... arguments) {
        ErrorReport report = new ErrorReport(arguments);
        CommandLine commandLine = new CommandLine(new VaeCommand())
                .setOut(console.out())
                .setErr(console.err())
                .setExecutionExceptionHandler(report)
                .setParameterExceptionHandler(report)
                .setExecutionStrategy(new LocaleCheck())
                .setCaseInsensitiveEnumValuesAllowed(true);
        HelpLayout.apply(commandLine, Console.outputColumns());
        int exitCode = execute(commandLine, report, arguments);
        return console.finish() || exitCode != ExitCode.OK ? exitCode : ExitCode.SOFTWARE;
    }

    private static int execute(CommandLine commandLine, ErrorReport report, String... arguments) {
        try {
            LocaleCheck.requireDecoded(arguments);
            return commandLine.execute(arguments);
        } catch (InvalidInputException e) {
            return report.handleExecutionException(e, commandLine, null);
        } catch (LinkageError | VirtualMachineError e) {
            // A native library that does not load, or memory that runs out: picocli hands on exceptions only.
            return report.handleError(e, commandLine);
        }
    }
}
