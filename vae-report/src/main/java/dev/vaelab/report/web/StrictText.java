package dev.vaelab.report.web;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of a browser, in UTF-8 and nothing else: a character that was replaced would be an answer to another question. */
final class StrictText {
    private static final char REPLACEMENT = '\ufffd';
    private static final int HEXADECIMAL = 16;
    private static final int DIGITS = 2;

    private StrictText() {}

    /**
     * The text of bytes.
     *
     * @param place where they stand, for the message
     * @throws InvalidInputException if they are no UTF-8
     */
    static String of(byte[] bytes, String place) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(Problem.of(place, "bytes that are no UTF-8", "UTF-8"));
        }
    }

    /**
     * Checks a part of an address, in which percent signs stand before the numbers of bytes.
     *
     * @param text the part as it was sent; null if there is none
     * @param place what it is, for the message
     * @throws InvalidInputException if the bytes are no UTF-8, or a percent sign stands alone
     */
    static void requireUtf8(String text, String place) {
        if (text == null) {
            return;
        }
        // The server replaces bytes that were sent as they are.
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new InvalidInputException(Problem.of(place, "bytes that are no UTF-8", "UTF-8"));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) == '%') {
                bytes.write(octet(text, index + 1, place));
                index += DIGITS;
            } else {
                // Halves of a surrogate pair become question marks, which are as good as any other letter here.
                bytes.writeBytes(text.substring(index, index + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        of(bytes.toByteArray(), place);
    }

    private static int octet(String text, int begin, String place) {
        int end = begin + DIGITS;
        if (end <= text.length()
                && Character.digit(text.charAt(begin), HEXADECIMAL) >= 0
                && Character.digit(text.charAt(begin + 1), HEXADECIMAL) >= 0) {
            return Integer.parseInt(text.substring(begin, end), HEXADECIMAL);
        }
        throw new InvalidInputException(
                Problem.of(place, "a percent sign without two hexadecimal digits", "bytes as %C3%A9"));
    }
}
