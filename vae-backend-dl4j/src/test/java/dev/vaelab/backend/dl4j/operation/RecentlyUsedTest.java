package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is kept for the latest batch sizes")
final class RecentlyUsedTest {
    private final List<String> closed = new ArrayList<>();
    private final RecentlyUsed<String> kept = new RecentlyUsed<>(closed::add);

    @Test
    @DisplayName("is given again as long as it fits, and not made anew")
    void givenAgain() {
        String first = get("128");
        get("80");
        assertSame(first, get("128"));
        assertEquals(List.of(), closed);
    }

    @Test
    @DisplayName("makes room by closing what was not used for the longest time")
    void makesRoom() {
        List.of("1", "2", "3", "4", "1", "5").forEach(this::get);
        assertEquals(List.of("2"), closed);
    }

    @Test
    @DisplayName("is closed once with the keeper")
    void closes() {
        List.of("1", "2").forEach(this::get);
        kept.close();
        kept.close();
        assertEquals(List.of("1", "2"), closed);
    }

    private String get(String size) {
        return kept.get(size::equals, () -> size);
    }
}
