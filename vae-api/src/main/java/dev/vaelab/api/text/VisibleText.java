package dev.vaelab.api.text;

import java.util.HexFormat;

/**
 * Text with every character visible that a terminal would obey instead of showing it: names of files, options and what is
 * read from files may hold any.
 *
 * <p>Such a character becomes its escape, {@code \}{@code u001b} for example, as JSON and Java write it. So a text of JSON stays
 * JSON and keeps its meaning. Escaped are control characters (C0, DEL and C1), separators of lines and paragraphs, halves of
 * surrogate pairs, and what is drawn as nothing or turns the direction of writing, but for the joiners that Persian, Indic
 * scripts and emoji need.
 */
public final class VisibleText {
    private static final char ZERO_WIDTH_NON_JOINER = '\u200c';
    private static final char ZERO_WIDTH_JOINER = '\u200d';

    private VisibleText() {}

    /** A text that is one line: line breaks and tabs are escaped, too, so that a name cannot pretend to be a line of its own. */
    public static String line(String text) {
        return escaped(text, "");
    }

    /** A text of several lines: line feeds and tabs stay. */
    public static String lines(String text) {
        return escaped(text, "\n\t");
    }

    /** A character as its escape. */
    public static String escape(char character) {
        return "\\u" + HexFormat.of().toHexDigits(character);
    }

    private static String escaped(String text, String allowed) {
        StringBuilder visible = null;
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            int end = index + Character.charCount(character);
            boolean shown = isVisible(character) || allowed.indexOf(character) >= 0;
            if (!shown && visible == null) {
                visible = new StringBuilder(text.length() + 8).append(text, 0, index);
            }
            if (visible != null) {
                append(visible, text.substring(index, end), shown);
            }
            index = end;
        }
        return visible == null ? text : visible.toString();
    }

    private static void append(StringBuilder visible, String character, boolean shown) {
        if (shown) {
            visible.append(character);
        } else {
            character.chars().forEach(unit -> visible.append(escape((char) unit)));
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT ->
                character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER || isNumberSign(character);
            default -> true;
        };
    }

    /** Signs of Arabic, Syriac and Kaithi that are drawn around digits: of the category of format, but visible. */
    private static boolean isNumberSign(int character) {
        return character >= 0x600 && character <= 0x605
                || character == 0x6dd
                || character == 0x70f
                || character == 0x8e2
                || character == 0x110bd
                || character == 0x110cd;
    }
}
