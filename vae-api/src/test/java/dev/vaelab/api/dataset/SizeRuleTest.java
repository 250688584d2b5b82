package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rule of sizes")
class SizeRuleTest {
    @Test
    @DisplayName("rounds each side to the nearest that the convolutions halve evenly, the smaller if both are as near")
    void nearest() {
        assertEquals(Optional.of(List.of(64, 48)), new SizeRule(2).nearest(64, 50));
        assertEquals(Optional.of(List.of(64, 52)), new SizeRule(2).nearest(64, 51));
        assertEquals(Optional.of(List.of(7, 5)), SizeRule.ANY.nearest(7, 5));
    }

    @Test
    @DisplayName("does not round to nothing")
    void notNothing() {
        assertEquals(Optional.of(List.of(32, 32)), new SizeRule(5).nearest(1, 3));
    }

    @Test
    @DisplayName("knows no size beyond what dataset.size takes")
    void limits() {
        assertEquals(Optional.of(List.of(32_768, 65_534)), new SizeRule(1).nearest(32_768, 65_535));
        assertEquals(Optional.of(List.of(32_768, 32_768)), new SizeRule(15).nearest(28, 65_535));
        assertEquals(Optional.empty(), new SizeRule(16).nearest(28, 28));
        assertEquals(Optional.empty(), new SizeRule(31).nearest(28, 28));
    }
}
