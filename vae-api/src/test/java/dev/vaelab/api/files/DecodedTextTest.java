package dev.vaelab.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Text that the JVM has decoded by the locale")
class DecodedTextTest {
    @Test
    @DisplayName("is right if every byte was decoded")
    void right() {
        assertEquals(Optional.empty(), DecodedText.problem("--out", "caf\u00e9/\ud83d\ude00 ?"));
        DecodedText.require("--out", "");
    }

    @Test
    @DisplayName("is refused in the locale C with the locale that is missing")
    void ascii() {
        assertEquals(
                "argument 2: found caf??.json, with bytes that the encoding of the locale (US-ASCII) does not know, expected"
                        + " text in the encoding of the locale; start the program in a locale with UTF-8, LC_ALL=C.UTF-8 for"
                        + " example (locale -a lists those that there are)",
                DecodedText.problem("argument 2", "caf\ufffd\ufffd.json", StandardCharsets.US_ASCII)
                        .orElseThrow()
                        .toString());
    }

    @Test
    @DisplayName("is refused in a locale with UTF-8 with what can be done then")
    void utf8() {
        assertEquals(
                "DJL_CACHE_DIR: found caf?, with bytes that are no UTF-8, expected text in the encoding of the locale; rename"
                        + " it, or give it a link with another name",
                DecodedText.problem("DJL_CACHE_DIR", "caf\ufffd", StandardCharsets.UTF_8)
                        .orElseThrow()
                        .toString());
        assertThrows(InvalidInputException.class, () -> DecodedText.require("DJL_CACHE_DIR", "caf\ufffd"));
    }
}
