package dev.vaelab.cli.terminal;

import dev.vaelab.api.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * One of the two streams that leave the program. Whoever writes to it, a command, picocli, a library: control characters
 * become visible, characters that the locale cannot write become escapes instead of question marks, lines are folded to the
 * width of a terminal, and that something could not be written is remembered, which {@link PrintStream} forgets.
 *
 * <p>It is written to in UTF-8. Used by any thread.
 */
final class VisibleOutput extends OutputStream {
    /** A line that does not come to an end is written in pieces, or it would fill the memory. */
    private static final int LONGEST_LINE = 1 << 16;

    private final OutputStream system;
    private final Charset charset;
    private final IntSupplier columns;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** Bytes of a character whose end is still to come. */
    private ByteBuffer undecoded = ByteBuffer.allocate(0);

    private final StringBuilder pending = new StringBuilder();
    private IOException failure;

    /**
     * A stream to the system.
     *
     * @param charset what the system shows
     * @param columns of the terminal; {@link Integer#MAX_VALUE} if it is none. Asked when a line is long enough to matter
     */
    VisibleOutput(OutputStream system, Charset charset, IntSupplier columns) {
        this.system = system;
        this.charset = charset;
        this.columns = columns;
    }

    /** A stream for what draws over itself: carriage returns go through, and lines are not folded. */
    PrintStream drawing() {
        return new PrintStream(new Drawing(), true, StandardCharsets.UTF_8);
    }

    /** Why something could not be written; nothing if all could. */
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        decode(bytes, offset, length);
        int end = pending.indexOf("\n");
        int start = 0;
        while (end >= 0) {
            writeLine(pending.substring(start, end));
            start = end + 1;
            end = pending.indexOf("\n", start);
        }
        pending.delete(0, start);
        if (pending.length() > LONGEST_LINE) {
            writePending();
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        writePending();
        try {
            system.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private void decode(byte[] bytes, int offset, int length) {
        ByteBuffer input = ByteBuffer.allocate(undecoded.remaining() + length)
                .put(undecoded)
                .put(bytes, offset, length)
                .flip();
        CharBuffer characters = CharBuffer.allocate(input.remaining() + 1);
        decoder.reset();
        decoder.decode(input, characters, false);
        pending.append(characters.flip());
        undecoded = input;
    }

    private void writeLine(String line) throws IOException {
        String visible = VisibleText.lines(line);
        // No terminal is narrower than this, and to ask for its width takes a process.
        if (LineFolding.width(visible) <= Columns.FEWEST) {
            writeText(visible + "\n");
        } else {
            writeText(String.join("\n", LineFolding.fold(visible, columns.getAsInt())) + "\n");
        }
    }

    /** A line as far as it is known: not the first half of a character. */
    private void writePending() throws IOException {
        int length = pending.length();
        boolean half = length > 0 && Character.isHighSurrogate(pending.charAt(length - 1));
        int end = half ? length - 1 : length;
        if (end > 0) {
            writeText(VisibleText.lines(pending.substring(0, end)));
            pending.delete(0, end);
        }
    }

    private void writeText(String text) throws IOException {
        try {
            system.write(encoded(text));
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }

    private byte[] encoded(String text) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text.getBytes(charset);
        }
        StringBuilder encodable = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            if (encoder.canEncode(character)) {
                encodable.append(character);
            } else {
                character.chars().forEach(unit -> encodable.append(VisibleText.escape((char) unit)));
            }
        });
        return encodable.toString().getBytes(charset);
    }

    /** What is written here appears at once, behind what was written before. */
    private final class Drawing extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (VisibleOutput.this) {
                writePending();
                String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
                StringBuilder drawn = new StringBuilder();
                for (String part : text.split("(?<=\r)|(?=\r)")) {
                    drawn.append(part.equals("\r") ? part : VisibleText.lines(part));
                }
                writeText(drawn.toString());
                VisibleOutput.this.flush();
            }
        }
    }
}
