package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.experiment.json.JsonText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong, for a person on standard error and for a script on standard output. Stack traces are not for them:
 * that of a training is in its run folder's log.
 */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** What {@code --json} prints instead of a result. */
    private record Failure(String error, List<Problem> problems) {}

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine commandLine = exception.getCommandLine();
        PrintWriter out = commandLine.getErr();
        // Some of picocli's messages begin with the word, most do not.
        out.println("error: " + exception.getMessage().replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(exception, out);
        out.println("see " + commandLine.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine commandLine, ParseResult parsed) {
        if (exception instanceof InvalidInputException invalid) {
            report(commandLine, parsed, invalid.getMessage(), invalid.problems());
            return ExitCode.USAGE;
        }
        String message = exception instanceof RunFailedException
                ? exception.getMessage()
                : "this should not have happened: " + exception + place(exception);
        report(commandLine, parsed, message, List.of());
        return ExitCode.SOFTWARE;
    }

    /** Reports what is wrong with the machine or the installation rather than with the input; returns the exit code. */
    public int handleError(Error error, CommandLine commandLine) {
        report(commandLine, null, cause(error), List.of());
        return ExitCode.SOFTWARE;
    }

    private static String cause(Error error) {
        if (error instanceof OutOfMemoryError) {
            return "out of memory (" + error.getMessage() + "); VAE_JAVA_OPTIONS=-Xmx4g gives more";
        }
        if (error instanceof IncompatibleClassChangeError) {
            return "a jar does not fit this program, as an engine that was built against another version of vae-api: build"
                    + " it anew against this one (" + error + place(error) + ")";
        }
        return "the engine or the Java machine failed: " + error + place(error);
    }

    /** Where it was thrown, for whoever mends the program or the backend. */
    private static String place(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : ", at " + frames[0];
    }

    private static void report(CommandLine commandLine, ParseResult parsed, String message, List<Problem> problems) {
        PrintWriter err = commandLine.getErr();
        if (problems.size() > 1) {
            err.println("error: " + problems.size() + " problems");
            problems.forEach(problem -> err.println("  " + problem));
        } else {
            err.println("error: " + message);
        }
        if (parsed != null && parsed.hasMatchedOption("--json")) {
            commandLine.getOut().println(JsonText.line(new Failure(message, problems)));
        }
    }
}
