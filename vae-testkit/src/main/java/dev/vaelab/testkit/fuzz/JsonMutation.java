package dev.vaelab.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes of JSON and of text that has some: most results are JSON still, so that they come past the parser to whoever
 * believes what it says.
 */
public enum JsonMutation implements Mutation {
    /** A value, or the name of a key, is another one. */
    REPLACE {
        @Override
        String change(String text, RandomGenerator random) {
            return replaceOne(text, SCALAR, VALUES.get(random.nextInt(VALUES.size())), random);
        }
    },
    /** A number is another one. */
    REPLACE_NUMBER {
        @Override
        String change(String text, RandomGenerator random) {
            return replaceOne(text, NUMBER, NUMBERS.get(random.nextInt(NUMBERS.size())), random);
        }
    },
    /** A value is another one of the same file. */
    EXCHANGE {
        @Override
        String change(String text, RandomGenerator random) {
            return pick(text, SCALAR, random)
                    .map(found -> replaceOne(text, SCALAR, found.group(), random))
                    .orElse(text);
        }
    },
    /** A key with a plain value is missing. */
    REMOVE_KEY {
        @Override
        String change(String text, RandomGenerator random) {
            return replaceOne(text, PAIR, "", random);
        }
    },
    /** A key with a plain value is there twice. */
    REPEAT_KEY {
        @Override
        String change(String text, RandomGenerator random) {
            return pick(text, PAIR, random)
                    .map(found -> text.substring(0, found.start()) + found.group() + text.substring(found.start()))
                    .orElse(text);
        }
    },
    /** A line is missing. */
    REMOVE_LINE {
        @Override
        String change(String text, RandomGenerator random) {
            return replaceOne(text, LINE, "", random);
        }
    },
    /** A line is there twice, the second time perhaps elsewhere. */
    REPEAT_LINE {
        @Override
        String change(String text, RandomGenerator random) {
            return pick(text, LINE, random)
                    .flatMap(line -> pick(text, LINE, random)
                            .map(place ->
                                    text.substring(0, place.start()) + line.group() + text.substring(place.start())))
                    .orElse(text);
        }
    };

    private static final Pattern SCALAR =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final Pattern PAIR =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"\\s*:\\s*(?:" + SCALAR.pattern() + ")\\s*,?");
    private static final Pattern LINE = Pattern.compile("[^\\n]*\\n");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "3",
            "0.5",
            "1e400",
            "-1e400",
            "1e-400",
            "NaN",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "1e9",
            "1".repeat(1200));

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[null]",
            "{\"name\": null}",
            "\"\"",
            "\"text\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"../..\"",
            "\"a\\u0000b\"",
            "\"\\u001b[31mred\\u001b[0m\"",
            "\"\\u0085\\u202e\\u2066\"",
            "\"\\ud800\"",
            "\"<script>alert(1)</script>\"",
            "\"" + "x".repeat(5000) + "\"",
            "[".repeat(3000),
            "-1",
            "1e400");

    @Override
    public byte[] apply(byte[] content, RandomGenerator random) {
        // A character for each byte: what is no text stays as it is.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return change(text, random).getBytes(StandardCharsets.ISO_8859_1);
    }

    abstract String change(String text, RandomGenerator random);

    private static Optional<MatchResult> pick(String text, Pattern pattern, RandomGenerator random) {
        List<MatchResult> all = pattern.matcher(text).results().toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private static String replaceOne(String text, Pattern pattern, String replacement, RandomGenerator random) {
        return pick(text, pattern, random)
                .map(found -> text.substring(0, found.start()) + replacement + text.substring(found.end()))
                .orElse(text);
    }
}
