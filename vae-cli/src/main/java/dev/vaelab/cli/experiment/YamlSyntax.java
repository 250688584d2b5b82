package dev.vaelab.cli.experiment;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says what is wrong with a text that is not YAML, where the parser speaks of tokens and blocks. */
final class YamlSyntax {
    private static final List<Translation> TRANSLATIONS = List.of(
            new Translation("\\(TAB\\)", false, "a tab", "spaces", "YAML is indented with spaces"),
            new Translation(
                    "mapping values are not allowed here",
                    false,
                    "a colon inside a value",
                    "one \"key: value\" to a line",
                    "check the indentation, or put text with a colon into quotes"),
            new Translation(
                    "could not find expected ':'",
                    true,
                    "text alone in its line",
                    "\"key: value\"",
                    "check the indentation, or add the colon"),
            new Translation(
                    "found character '(.)' that cannot start any token",
                    false,
                    "%s at the beginning of a value",
                    "a value",
                    "put text that begins with it into quotes"),
            new Translation(
                    "expected ',' or ']'", true, "a list that is not closed", "a comma or ] after each item", ""),
            new Translation(
                    "expected ',' or '}'", true, "an object that is not closed", "a comma or } after each value", ""),
            new Translation(
                    "unexpected end of stream", true, "text whose quotes are not closed", "a closing quote", ""),
            new Translation(
                    "expected <block end>",
                    false,
                    "something that is neither indented like the lines above nor part of them",
                    "",
                    "check the indentation, quotes and brackets"),
            new Translation("expected the node content, but found '?(.+?)'?$", false, "%s", "a value", ""),
            new Translation("expected '<document start>'", false, "more text", "the end of the file", ""));

    private YamlSyntax() {}

    /** Explains a failure. */
    static SyntaxError explain(JacksonException failure) {
        if (failure.getCause() instanceof MarkedYamlEngineException cause) {
            return explain(cause, failure.getLocation());
        }
        TokenStreamLocation location = failure.getLocation();
        String problem = firstLine(failure.getOriginalMessage());
        if (problem.startsWith("Expected a property name")) {
            return new SyntaxError(
                    location.getLineNr(), location.getColumnNr(), "a key that is not plain text", "a name", "");
        }
        return unknown(location.getLineNr(), location.getColumnNr(), problem);
    }

    private static SyntaxError explain(MarkedYamlEngineException cause, TokenStreamLocation location) {
        for (Translation translation : TRANSLATIONS) {
            Matcher matcher = Pattern.compile(translation.problem).matcher(cause.getProblem());
            if (matcher.find()) {
                Optional<Mark> mark = translation.atContext ? cause.getContextMark() : cause.getProblemMark();
                String found = matcher.groupCount() == 0
                        ? translation.found
                        : translation.found.formatted(Quoted.text(matcher.group(1)));
                return new SyntaxError(
                        mark.map(Mark::getLine).orElse(location.getLineNr() - 1) + 1,
                        mark.map(Mark::getColumn).orElse(location.getColumnNr() - 1) + 1,
                        found,
                        translation.expected,
                        translation.advice);
            }
        }
        return unknown(location.getLineNr(), location.getColumnNr(), firstLine(cause.getProblem()));
    }

    private static SyntaxError unknown(int line, int column, String problem) {
        return new SyntaxError(line, column, "text that is not YAML (" + problem + ")", "", "");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /**
     * A parser's words in ours.
     *
     * @param problem a regular expression that finds the parser's words; its group, if it has one, goes into found
     * @param atContext whether the error is where the unfinished thing begins, rather than where the parser gave up
     */
    private record Translation(String problem, boolean atContext, String found, String expected, String advice) {}
}
