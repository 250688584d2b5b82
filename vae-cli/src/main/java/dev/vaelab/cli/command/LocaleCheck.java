package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.DecodedText;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Refuses what the JVM could not decode in the locale in which it was started, before a question mark is taken for a name.
 *
 * <p>Arguments are checked before they are parsed. The working folder is checked before a command runs: the JVM would look for
 * every relative path elsewhere. Help needs no folder.
 */
public final class LocaleCheck implements IExecutionStrategy {
    /**
     * Checks the arguments of a command.
     *
     * @throws InvalidInputException with each of them that could not be decoded
     */
    public static void requireDecoded(String... arguments) {
        List<Problem> problems = IntStream.range(0, arguments.length)
                .mapToObj(index -> DecodedText.problem("argument " + (index + 1), arguments[index]))
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    @Override
    public int execute(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        try {
            DecodedText.require("the working folder", System.getProperty("user.dir"));
        } catch (InvalidInputException e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
        }
        return new RunLast().execute(parsed);
    }
}
