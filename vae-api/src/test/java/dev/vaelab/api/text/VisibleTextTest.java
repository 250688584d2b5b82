package dev.vaelab.api.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Visible text")
final class VisibleTextTest {
    @Test
    @DisplayName("has the escape of each control character in its place, those of C1 included")
    void everyControlCharacter() {
        IntStream.range(0, 0xa0).filter(Character::isISOControl).forEach(character -> {
            String text = VisibleText.line("a" + (char) character + "b");
            assertEquals("a\\u%04xb".formatted(character), text);
        });
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067,
                0x2068, 0x2069, 0x206f, 0xfeff, 0xfff9
            })
    @DisplayName("shows what separates lines, turns the direction of writing or is drawn as nothing")
    void everyDirection(int character) {
        assertEquals("a\\u%04xb".formatted(character), VisibleText.line("a" + (char) character + "b"));
    }

    @Test
    @DisplayName("escapes tags beyond the first plane as JSON does, and halves of surrogate pairs")
    void surrogates() {
        assertEquals("\\udb40\\udc41", VisibleText.line(Character.toString(0xe0041)));
        assertEquals("a\\ud800b", VisibleText.line("a\ud800b"));
    }

    @Test
    @DisplayName("is the text itself where every character is visible: letters of any script, emoji with their joiners")
    void visibleAlready() {
        for (String text : new String[] {"été 数字 می‌خواهم क्षि", "👩‍🔬 \u0600١", ""}) {
            assertSame(text, VisibleText.line(text));
        }
    }

    @Test
    @DisplayName("of several lines keeps line feeds and tabs, and of one line does not")
    void lineBreaks() {
        assertEquals("a\n\tb\\u000dc", VisibleText.lines("a\n\tb\rc"));
        assertFalse(VisibleText.line("a\n\tb\rc").chars().anyMatch(Character::isISOControl));
    }
}
