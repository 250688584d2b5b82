package dev.vaelab.export.huggingface;

import dev.vaelab.api.text.VisibleText;

/** Text from files and people as text of Markdown, whatever characters it has. */
final class Markdown {
    /** What Markdown, tables of it and HTML within it would take for markup. */
    private static final String MARKUP = "\\`*_{}[]<>()#+-.!|~&$";

    private Markdown() {}

    /** A text within a paragraph or a cell of a table. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        String visible = VisibleText.line(text);
        for (int index = 0; index < visible.length(); index++) {
            char character = visible.charAt(index);
            boolean between = index > 0
                    && index + 1 < visible.length()
                    && Character.isLetterOrDigit(visible.charAt(index - 1))
                    && Character.isLetterOrDigit(visible.charAt(index + 1));
            // A point or a hyphen within a word or a number is none.
            boolean harmless = between && (character == '.' || character == '-');
            if (MARKUP.indexOf(character) >= 0 && !harmless) {
                escaped.append(character == '<' ? "&lt;" : character == '&' ? "&amp;" : "\\" + character);
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
