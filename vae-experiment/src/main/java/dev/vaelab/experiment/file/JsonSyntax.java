package dev.vaelab.experiment.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a text that is not JSON.
 *
 * <p>The parser tells it in a parser's words. This reads the tokens up to the first that does not fit once more,
 * remembering only what can come next.
 */
final class JsonSyntax {
    private static final String STRUCTURE = "{}[]:,";
    private static final Set<String> NOT_IN_JSON = Set.of("nan", "infinity", "-infinity", "+infinity", "inf", "-inf");

    private static final Pattern VALUE =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private final Deque<Integer> open = new ArrayDeque<>();
    private Next next = Next.DOCUMENT;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /**
     * Explains a failure.
     *
     * @param text the whole text
     * @param failure offset of the character at which the parser gave up, which tells what is wrong inside a text
     */
    static SyntaxError explain(String text, long failure) {
        return new JsonSyntax(text).explain(failure);
    }

    private SyntaxError explain(long failure) {
        int start = skipSpace(0);
        while (start < text.length()) {
            int end = endOfToken(start);
            if (text.charAt(start) == '"' && !isClosed(start, end)) {
                return error(start, "text that does not end in its line", "a closing double quote", "");
            }
            boolean isSpoilt = start <= failure && failure < end;
            if (isSpoilt || !fits(text.substring(start, end))) {
                return unexpected(start, end, (int) failure);
            }
            advance(start);
            start = skipSpace(end);
        }
        return error(text.length(), "the end of the file", next.words + toCloseWhatIsOpen(), "");
    }

    private SyntaxError unexpected(int start, int end, int failure) {
        String token = text.substring(start, end);
        char first = token.charAt(0);
        boolean textFits = first == '"' && fits(token);
        if (textFits && text.charAt(failure) < ' ') {
            return error(failure, "a control character inside text", "text in one line", "write \\t for a tab");
        }
        if (textFits) {
            return error(
                    failure,
                    "a backslash that JSON does not know",
                    "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000",
                    "write \\\\ for a backslash");
        }
        String found = first == '"' ? token.substring(1, token.length() - 1) : token;
        return error(start, Quoted.text(found), next.words + toCloseWhatIsOpen(), advice(token));
    }

    private String advice(String token) {
        char first = token.charAt(0);
        String lowerCase = token.toLowerCase(Locale.ROOT);
        if (token.startsWith("//") || token.startsWith("/*") || first == '#') {
            return "JSON has no comments, YAML has";
        }
        if ((next == Next.KEY || next == Next.ITEM) && (first == '}' || first == ']')) {
            return "is there a comma too many before it?";
        }
        if (next == Next.COMMA && (first == '"' || first == '{' || first == '[')) {
            return "is there a comma missing before it?";
        }
        if (first == '\'' || first == '\u2018' || first == '\u201c') {
            return "JSON puts text into \"double quotes\"";
        }
        if (next == Next.DOCUMENT && Character.isLetter(first)) {
            return "a file in YAML has a name that ends in .yaml";
        }
        if (!next.takesText()) {
            return "";
        }
        if (NOT_IN_JSON.contains(lowerCase)) {
            return "JSON has finite numbers only";
        }
        if (Set.of("true", "false", "null").contains(lowerCase)) {
            return "write it in lower case";
        }
        if ("+-.".indexOf(first) >= 0 || Character.isDigit(first)) {
            return "JSON writes numbers as 5, -5, 0.5 or 1e-3";
        }
        return Character.isLetter(first) ? "JSON puts text into \"double quotes\"" : "";
    }

    private String toCloseWhatIsOpen() {
        if (next != Next.COMMA) {
            return "";
        }
        String what = isOpen('{') ? "} to close the object" : "] to close the list";
        return what + " that begins in line "
                + SyntaxError.at(text, open.element(), "", "", "").line();
    }

    private SyntaxError error(int offset, String found, String expected, String advice) {
        return SyntaxError.at(text, offset, found, expected, advice);
    }

    /** Whether such a token can come next. */
    private boolean fits(String token) {
        return switch (token.charAt(0)) {
            case '"' -> next.takesText();
            case '{', '[' -> next.takesValue;
            case '}' -> next == Next.KEY_OR_END || next == Next.COMMA && isOpen('{');
            case ']' -> next == Next.VALUE_OR_END || next == Next.COMMA && isOpen('[');
            case ',' -> next == Next.COMMA;
            case ':' -> next == Next.COLON;
            default -> next.takesValue && VALUE.matcher(token).matches();
        };
    }

    private boolean isOpen(char bracket) {
        return text.charAt(open.element()) == bracket;
    }

    /** Notes a token that is right where it stands. */
    private void advance(int start) {
        switch (text.charAt(start)) {
            case '{' -> {
                open.push(start);
                next = Next.KEY_OR_END;
            }
            case '[' -> {
                open.push(start);
                next = Next.VALUE_OR_END;
            }
            case '}', ']' -> {
                open.pop();
                next = open.isEmpty() ? Next.END : Next.COMMA;
            }
            case ',' -> next = isOpen('{') ? Next.KEY : Next.ITEM;
            case ':' -> next = Next.VALUE;
            default -> {
                Next afterValue = open.isEmpty() ? Next.END : Next.COMMA;
                next = next.takesKey ? Next.COLON : afterValue;
            }
        }
    }

    private int skipSpace(int start) {
        int position = start;
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position;
    }

    private int endOfToken(int start) {
        char first = text.charAt(start);
        if (STRUCTURE.indexOf(first) >= 0) {
            return start + 1;
        }
        int position = start + 1;
        if (first == '"') {
            while (position < text.length() && text.charAt(position) != '"' && text.charAt(position) != '\n') {
                position += text.charAt(position) == '\\' ? 2 : 1;
            }
            return Math.min(position + 1, text.length());
        }
        while (position < text.length() && !endsWord(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private boolean isClosed(int start, int end) {
        return end - start > 1 && text.charAt(end - 1) == '"';
    }

    private static boolean endsWord(char character) {
        return character == '"' || STRUCTURE.indexOf(character) >= 0 || Character.isWhitespace(character);
    }

    /** What can come next. */
    private enum Next {
        DOCUMENT("an object in braces", false, true),
        KEY_OR_END("a key in double quotes, or }", true, false),
        KEY("a key in double quotes", true, false),
        COLON("a colon", false, false),
        VALUE_OR_END("a value, or ]", false, true),
        VALUE("a value", false, true),
        ITEM("a value", false, true),
        COMMA("a comma, or ", false, false),
        END("the end of the file", false, false);

        private final String words;
        private final boolean takesKey;
        private final boolean takesValue;

        Next(String words, boolean takesKey, boolean takesValue) {
            this.words = words;
            this.takesKey = takesKey;
            this.takesValue = takesValue;
        }

        boolean takesText() {
            return takesKey || takesValue;
        }
    }
}
