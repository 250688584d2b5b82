package dev.vaelab.experiment.file;

/**
 * The place where a text stops being JSON or YAML.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param found what stands there
 * @param expected what could stand there
 * @param advice what to do, or nothing
 */
record SyntaxError(int line, int column, String found, String expected, String advice) {
    /** An error at an offset into the text. */
    static SyntaxError at(String text, int offset, String found, String expected, String advice) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new SyntaxError(line, offset - before.lastIndexOf('\n'), found, expected, advice);
    }
}
