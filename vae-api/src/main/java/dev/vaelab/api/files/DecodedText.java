package dev.vaelab.api.files;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text that the JVM has decoded by the encoding of the locale before the program could see its bytes: arguments, variables of
 * the environment, the working folder. What that encoding does not know has become U+FFFD, and names nothing any more.
 */
public final class DecodedText {
    private static final char REPLACEMENT = '\ufffd';

    private DecodedText() {}

    /**
     * What is wrong with a text that could not be decoded; nothing if it could.
     *
     * @param place what has this text, for the message
     */
    public static Optional<Problem> problem(String place, String text) {
        return problem(place, text, PathNames.localeEncoding());
    }

    /**
     * Refuses a text that could not be decoded.
     *
     * @throws InvalidInputException with the locale that is missing
     */
    public static void require(String place, String text) {
        problem(place, text).ifPresent(problem -> {
            throw new InvalidInputException(problem);
        });
    }

    /** As {@link #problem(String, String)} with the encoding of some locale. */
    static Optional<Problem> problem(String place, String text, Charset encoding) {
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.empty();
        }
        boolean utf8 = encoding.equals(StandardCharsets.UTF_8);
        return Optional.of(new Problem(
                place,
                text.replace(REPLACEMENT, '?') + ", with bytes that "
                        + (utf8 ? "are no UTF-8" : "the encoding of the locale (" + encoding + ") does not know"),
                "text in the encoding of the locale",
                utf8
                        ? "rename it, or give it a link with another name"
                        : "start the program in a locale with UTF-8, LC_ALL=C.UTF-8 for example (locale -a lists those that"
                                + " there are)"));
    }
}
