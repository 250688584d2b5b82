package dev.vaelab.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pairs of engines")
final class PairTest {
    @Test
    @DisplayName("are each two of them once, those of the first engine before those of the second")
    void all() {
        assertEquals(
                List.of(
                        new Pair<>("a", "b"),
                        new Pair<>("a", "c"),
                        new Pair<>("a", "d"),
                        new Pair<>("b", "c"),
                        new Pair<>("b", "d"),
                        new Pair<>("c", "d")),
                Pair.ofAll(List.of("a", "b", "c", "d")));
        assertEquals(List.of(), Pair.ofAll(List.of("a")));
    }
}
