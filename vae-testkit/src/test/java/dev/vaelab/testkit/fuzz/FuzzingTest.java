package dev.vaelab.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Fuzzing")
final class FuzzingTest {
    private static final String JSON = "{\"epoch\": 1, \"loss\": 97.5,\n \"name\": \"a\\\"b\", \"best\": true}\n{}\n";

    @Test
    @DisplayName("finds the input that a reader throws at, and keeps it where the message says")
    void findsAndKeeps() throws Exception {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Fuzzing.of("fuzzing-test")
                        .seed("folder/numbers.json", JSON.getBytes(StandardCharsets.UTF_8))
                        .mutations(JsonMutation.values())
                        .run(input -> assertFalse(text(input.content()).contains("NaN"))));
        Path kept = Path.of(failure.getMessage().replaceFirst("(?s).* it is in ", ""));
        assertTrue(kept.endsWith("folder/numbers.json"), kept.toString());
        assertTrue(Files.readString(kept).contains("NaN"), kept.toString());
        Files.delete(kept);
    }

    @Test
    @DisplayName("tries the same inputs every time, as many as it was told")
    void repeats() {
        List<byte[]> first = inputs();
        List<byte[]> second = inputs();
        assertEquals(50, first.size());
        for (int index = 0; index < first.size(); index++) {
            assertArrayEquals(first.get(index), second.get(index));
        }
    }

    private static List<byte[]> inputs() {
        List<byte[]> inputs = new ArrayList<>();
        Fuzzing.of("fuzzing-test")
                .seed("numbers.json", JSON.getBytes(StandardCharsets.UTF_8))
                .mutations(ByteMutation.values())
                .rounds(50)
                .run(input -> inputs.add(input.content()));
        return inputs;
    }

    static Stream<Mutation> mutations() {
        return Stream.of(ByteMutation.values(), JsonMutation.values(), TextMutation.values())
                .flatMap(Arrays::stream);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    @DisplayName("changes a file in many ways, leaves the original alone, and takes an empty file")
    void changes(Mutation mutation) {
        byte[] original = JSON.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(3);
        long different = Stream.generate(() -> text(mutation.apply(original, random)))
                .limit(100)
                .filter(changed -> !changed.equals(JSON))
                .distinct()
                .count();
        assertTrue(different >= 2, () -> different + " different results");
        assertEquals(JSON, text(original));
        assertEquals(0, mutation.apply(new byte[0], random).length);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
