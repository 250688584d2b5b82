package dev.vaelab.cli.command;

import dev.vaelab.api.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the form of every other problem: picocli has sentences for it. */
final class UsageProblems {
    private static final Pattern ONE_OF_THESE = Pattern.compile(".*\\(specify one of these\\): (.*)", Pattern.DOTALL);
    private static final Pattern CONSTANTS = Pattern.compile("one of \\[([^]]*)\\] \\(case-insensitive\\)");
    private static final Pattern CHOICES = Pattern.compile(".*expected (one of .*) but was .*", Pattern.DOTALL);
    private static final Pattern NOT_A = Pattern.compile(".*' is not (an? .*)", Pattern.DOTALL);

    private UsageProblems() {}

    /** Picocli's sentence, with values written as people write them. */
    static String message(ParameterException exception) {
        // Some of the messages begin with the word, most do not.
        String message = String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
        return CONSTANTS
                .matcher(message)
                .replaceAll(constants ->
                        Matcher.quoteReplacement("one of " + constants.group(1).toLowerCase(Locale.ROOT)));
    }

    /** The problems, at least one. */
    static List<Problem> of(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String help = "see " + command + " --help";
        if (exception instanceof MissingParameterException missing) {
            return ofMissing(missing, command, help);
        }
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return ofUnmatched(unmatched, command, help);
        }
        if (exception instanceof OverwrittenOptionException overwritten) {
            return List.of(new Problem(name(overwritten.getOverwritten()), "more than one", "one", help));
        }
        if (exception instanceof MutuallyExclusiveArgsException) {
            return List.of(new Problem(command, message(exception), "one of these", help));
        }
        if (exception.getArgSpec() != null && exception.getValue() != null) {
            ArgSpec argument = exception.getArgSpec();
            return List.of(
                    new Problem(name(argument), exception.getValue(), expected(message(exception), argument), help));
        }
        return List.of(new Problem(command, message(exception), "", help));
    }

    private static List<Problem> ofMissing(MissingParameterException exception, String command, String help) {
        Matcher choice = ONE_OF_THESE.matcher(String.valueOf(exception.getMessage()));
        if (choice.matches()) {
            return List.of(new Problem(command, "nothing", "one of " + choice.group(1), help));
        }
        List<ArgSpec> missing = exception.getMissing();
        return missing.isEmpty()
                ? List.of(new Problem(command, message(exception), "", help))
                : missing.stream()
                        .map(argument -> new Problem(name(argument), "nothing", described(argument), help))
                        .toList();
    }

    private static List<Problem> ofUnmatched(UnmatchedArgumentException exception, String command, String help) {
        List<String> suggestions = exception.getSuggestions();
        String advice = suggestions.isEmpty() ? help : "did you mean " + String.join(" or ", suggestions);
        boolean commands = !exception.getCommandLine().getSubcommands().isEmpty();
        // Every command has the option, and to say that it does not belong to none helps nobody.
        List<String> unknown = exception.getUnmatched().stream()
                .filter(argument -> !argument.equals("--json"))
                .toList();
        return (unknown.isEmpty() ? exception.getUnmatched() : unknown)
                .stream()
                        .map(argument -> new Problem(
                                "command line",
                                argument,
                                argument.startsWith("-")
                                        ? "an option of " + command
                                        : commands ? "a command" : "no further argument",
                                advice))
                        .toList();
    }

    /** An option by its name, a parameter by what it stands for. */
    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String described(ArgSpec argument) {
        return argument instanceof OptionSpec option && !argument.paramLabel().isEmpty()
                ? option.longestName() + "=" + argument.paramLabel()
                : argument.paramLabel();
    }

    private static String expected(String message, ArgSpec argument) {
        Matcher choices = CHOICES.matcher(message);
        if (choices.matches()) {
            return choices.group(1);
        }
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        Matcher kind = NOT_A.matcher(message);
        return kind.matches() ? kind.group(1) : argument.paramLabel();
    }
}
