package dev.vaelab.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Changes of text of any format, character by character; what comes out need not be sound UTF-8. */
public enum TextMutation implements Mutation {
    /** A character less. */
    DELETE {
        @Override
        String change(String text, int place, RandomGenerator random) {
            return text.substring(0, place) + text.substring(place + 1);
        }
    },
    /** A character more, mostly one that formats give a meaning. */
    INSERT {
        @Override
        String change(String text, int place, RandomGenerator random) {
            return text.substring(0, place) + piece(random) + text.substring(place);
        }
    },
    /** A character is another one. */
    REPLACE {
        @Override
        String change(String text, int place, RandomGenerator random) {
            return text.substring(0, place) + piece(random) + text.substring(place + 1);
        }
    },
    /** The end is missing. */
    TRUNCATE {
        @Override
        String change(String text, int place, RandomGenerator random) {
            return text.substring(0, place);
        }
    };

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "\n",
        "\r",
        "\t",
        " ",
        "#",
        "-",
        "+",
        ".",
        "0",
        "9",
        "e",
        "!",
        "&",
        "*",
        "|",
        ">",
        "?",
        "%",
        "@",
        "`",
        "~",
        "<",
        "null",
        "\u0000",
        "\u001b[2J",
        "\u0007",
        "\u00c2\u0085",
        "\u00e2\u0080\u00ae",
        "\u00ef\u00bb\u00bf",
        "\u00ff",
        "x"
    };

    @Override
    public byte[] apply(byte[] content, RandomGenerator random) {
        if (content.length == 0) {
            return content;
        }
        // A character for each byte, in the pieces as well.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return change(text, random.nextInt(text.length()), random).getBytes(StandardCharsets.ISO_8859_1);
    }

    abstract String change(String text, int place, RandomGenerator random);

    private static String piece(RandomGenerator random) {
        return PIECES[random.nextInt(PIECES.length)];
    }
}
