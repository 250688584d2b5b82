package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.plugin.Plugins;
import dev.vaelab.experiment.run.ResourceShortage;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    private static final String JSON = "--json";

    /** What {@code --json} prints instead of a result. */
    private record Failure(String error, List<Problem> problems) {}

    private final boolean json;

    /** Reports errors of a command with these arguments: whether they ask for JSON shows even where they cannot be understood. */
    public ErrorReport(String... arguments) {
        this.json = Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch(argument -> argument.equals(JSON) || argument.equals(JSON + "=true"));
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine commandLine = exception.getCommandLine();
        PrintWriter out = commandLine.getErr();
        String message = UsageProblems.message(exception);
        out.println("error: " + VisibleText.line(message));
        UnmatchedArgumentException.printSuggestions(exception, out);
        out.println("see " + commandLine.getCommandSpec().qualifiedName() + " --help");
        printJson(commandLine, message, UsageProblems.of(exception));
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine commandLine, ParseResult parsed) {
        if (exception instanceof InvalidInputException invalid) {
            report(commandLine, invalid.getMessage(), invalid.problems());
            return ExitCode.USAGE;
        }
        Optional<String> shortage = ResourceShortage.of(exception);
        String message = exception instanceof RunFailedException
                ? exception.getMessage()
                        + shortage.filter(limit -> !exception.getMessage().contains(limit))
                                .map(limit -> "; " + limit)
                                .orElse("")
                : shortage.orElseGet(() -> "this should not have happened: " + exception + place(exception));
        report(commandLine, message);
        return ExitCode.SOFTWARE;
    }

    /** Reports what is wrong with the machine or the installation rather than with the input; returns the exit code. */
    public int handleError(Error error, CommandLine commandLine) {
        report(commandLine, cause(error));
        return ExitCode.SOFTWARE;
    }

    private static String cause(Error error) {
        Optional<String> shortage = ResourceShortage.of(error);
        if (shortage.isPresent()) {
            return shortage.get();
        }
        if (error instanceof LinkageError linkage) {
            Optional<String> misfit = Plugins.misfit(linkage);
            if (misfit.isPresent()) {
                return misfit.get();
            }
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

    private void report(CommandLine commandLine, String message) {
        String command = commandLine.getCommandSpec().qualifiedName();
        report(commandLine, message, List.of(Problem.of(command, message, "")));
    }

    private void report(CommandLine commandLine, String message, List<Problem> problems) {
        PrintWriter err = commandLine.getErr();
        if (problems.size() > 1) {
            err.println("error: " + problems.size() + " problems");
            InvalidInputException.lines(problems).forEach(line -> err.println("  " + line));
        } else {
            // What a library says in several lines must not look like lines of ours.
            err.println("error: " + message.strip().replaceAll("\\R", "\n  "));
        }
        printJson(commandLine, message, problems);
    }

    private void printJson(CommandLine commandLine, String message, List<Problem> problems) {
        if (json) {
            commandLine.getOut().println(JsonText.line(new Failure(message, problems)));
            commandLine.getOut().flush();
        }
    }
}
