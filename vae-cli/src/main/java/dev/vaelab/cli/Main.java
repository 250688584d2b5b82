package dev.vaelab.cli;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.cli.command.ErrorReport;
import dev.vaelab.cli.command.LocaleCheck;
import dev.vaelab.cli.command.VaeCommand;
import dev.vaelab.experiment.process.ParentProcess;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Entry point. Exit codes: 0 done, 1 failed while running, 2 the command or the configuration is wrong. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] arguments) {
        ParentProcess.onEnd(() -> System.exit(ExitCode.SOFTWARE));
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code. */
    public static int run(String... arguments) {
        ErrorReport report = new ErrorReport();
        CommandLine commandLine = new CommandLine(new VaeCommand())
                .setExecutionExceptionHandler(report)
                .setParameterExceptionHandler(report)
                .setExecutionStrategy(new LocaleCheck())
                .setCaseInsensitiveEnumValuesAllowed(true);
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
