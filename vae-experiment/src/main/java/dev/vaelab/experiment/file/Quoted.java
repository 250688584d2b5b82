package dev.vaelab.experiment.file;

/** Text of a person, set in quotes for a message of one line. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    /** The text in double quotes, cut if it is long, with question marks for characters that would break the line. */
    static String text(String text) {
        String start = text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
        return '"' + start.replace("\n", "\\n").replace("\t", "\\t").replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
