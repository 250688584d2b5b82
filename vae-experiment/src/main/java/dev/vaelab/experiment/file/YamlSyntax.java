package dev.vaelab.experiment.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
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
                    "found unknown escape character (.)",
                    false,
                    "a backslash before %s",
                    "an escape that YAML knows",
                    "write \\\\ for a backslash, or put the text into 'single quotes'"),
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

    /** Explains a failure to read a text. */
    static SyntaxError explain(JacksonException failure, String text) {
        TokenStreamLocation location = failure.getLocation();
        if (failure.getCause() instanceof MarkedYamlEngineException cause) {
            return TRANSLATIONS.stream()
                    .map(translation -> translation.explain(cause))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> error(
                            cause.getProblemMark(),
                            "text that is not YAML (" + plain(cause.getProblem()) + ")",
                            "",
                            ""));
        }
        if (failure.getCause() instanceof ReaderException cause) {
            int offset = text.offsetByCodePoints(0, cause.getPosition());
            return SyntaxError.at(text, offset, "a control character", "text", "");
        }
        return failure.getOriginalMessage().startsWith("Expected a property name")
                ? new SyntaxError(
                        location.getLineNr(), location.getColumnNr(), "a key that is not plain text", "a name", "")
                : new SyntaxError(location.getLineNr(), location.getColumnNr(), "text that is not YAML", "", "");
    }

    private static SyntaxError error(Optional<Mark> mark, String found, String expected, String advice) {
        return new SyntaxError(
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                found,
                expected,
                advice);
    }

    private static String plain(String message) {
        return message.replaceAll("\\p{Cntrl}", " ").strip();
    }

    /**
     * A parser's words in ours.
     *
     * @param problem a regular expression that finds the parser's words; its group, if it has one, goes into found
     * @param atContext whether the error is where the unfinished thing begins, rather than where the parser gave up
     */
    private record Translation(String problem, boolean atContext, String found, String expected, String advice) {
        Optional<SyntaxError> explain(MarkedYamlEngineException cause) {
            Matcher matcher = Pattern.compile(problem).matcher(cause.getProblem());
            if (!matcher.find()) {
                return Optional.empty();
            }
            String filled = matcher.groupCount() == 0
                    ? found
                    : String.format(Locale.ROOT, found, Quoted.text(matcher.group(1)));
            return Optional.of(
                    error(atContext ? cause.getContextMark() : cause.getProblemMark(), filled, expected, advice));
        }
    }
}
