package dev.vaelab.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What leaves the program")
final class VisibleOutputTest {
    private final ByteArrayOutputStream system = new ByteArrayOutputStream();

    @Test
    @DisplayName("holds no control character but line feeds and tabs, in whatever pieces it was written")
    void pieces() {
        byte[] text = "a\u001b[31m\u0085\u009bb\u202e\u2028c\r\td\n".getBytes(StandardCharsets.UTF_8);
        PrintStream stream = stream(StandardCharsets.UTF_8, Integer.MAX_VALUE);
        for (byte octet : text) {
            stream.write(octet);
        }
        assertEquals("a\\u001b[31m\\u0085\\u009bb\\u202e\\u2028c\\u000d\td\n", written(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("waits for the end of a character, also one beyond the first plane")
    void halfCharacter() {
        byte[] text = "é😀".getBytes(StandardCharsets.UTF_8);
        PrintStream stream = stream(StandardCharsets.UTF_8, Integer.MAX_VALUE);
        for (byte octet : text) {
            stream.write(octet);
            stream.flush();
        }
        assertEquals("é😀", written(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("has the escape of a character that the locale cannot write, not a question mark")
    void locale() {
        PrintStream stream = stream(StandardCharsets.US_ASCII, Integer.MAX_VALUE);
        stream.println("{\"name\":\"é😀\"}");
        assertEquals("{\"name\":\"\\u00e9\\ud83d\\ude00\"}\n", written(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("is folded between words where it is wider than the terminal, formatted or not")
    void folded() {
        PrintStream stream = stream(StandardCharsets.UTF_8, 24);
        stream.printf(Locale.ROOT, "  %s: found %d, expected %s%n", "place", 7, "something of many words");
        stream.println("go on with: vae train --resume runs/some-name-20261127-093000");
        stream.println("字".repeat(20));
        assertEquals("""
                  place: found 7,
                    expected something
                    of many words
                go on with: vae train
                  --resume
                  runs/some-name-20261127-093000
                字字字字字字字字字字字字
                  字字字字字字字字
                """, written(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("may draw over itself where that is asked for, and nowhere else")
    void drawing() {
        VisibleOutput output = new VisibleOutput(system, StandardCharsets.UTF_8, () -> 20);
        PrintStream lines = new PrintStream(output, false, StandardCharsets.UTF_8);
        lines.println("a\rb");
        output.drawing().print("\repoch 1/2 \u001b[K" + "=".repeat(30));
        assertEquals("a\\u000db\n\repoch 1/2 \\u001b[K" + "=".repeat(30), written(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("is known to be incomplete if the system could not take it")
    void failure() {
        VisibleOutput output = new VisibleOutput(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                StandardCharsets.UTF_8,
                () -> Integer.MAX_VALUE);
        PrintStream stream = new PrintStream(output, false, StandardCharsets.UTF_8);
        stream.println("lost");
        assertTrue(stream.checkError());
        assertEquals("No space left on device", output.failure().orElseThrow().getMessage());
    }

    private PrintStream stream(Charset charset, int columns) {
        return new PrintStream(new VisibleOutput(system, charset, () -> columns), false, StandardCharsets.UTF_8);
    }

    private String written(Charset charset) {
        return system.toString(charset);
    }
}
