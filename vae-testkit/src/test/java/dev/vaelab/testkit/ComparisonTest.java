package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("A comparison")
class ComparisonTest {
    private final Comparison comparison = new Comparison("backend: promise, case");

    @Test
    @DisplayName("takes what is within the tolerance, its bound included")
    void within() {
        assertDoesNotThrow(() -> comparison.require("tensor", new float[] {1, 2.5f}, new float[] {1, 2}, index -> 0.5));
    }

    @Test
    @DisplayName("says which number of which tensor is off, and by how much")
    void beyond() {
        AssertionFailedError failure = assertThrows(
                AssertionFailedError.class,
                () -> comparison.require("tensor", new float[] {1, 2.5f}, new float[] {1, 2}, index -> 0.25));
        assertEquals(
                "backend: promise, case: tensor[1] is 2.50000000, expected 2.00000000 with a tolerance of 0.250,"
                        + " the difference is 0.500",
                failure.getMessage());
    }

    @Test
    @DisplayName("takes NaN for close to nothing, not even to NaN")
    void nan() {
        assertThrows(AssertionFailedError.class, () -> comparison.require("number", Double.NaN, 1, 1e300));
        assertThrows(AssertionFailedError.class, () -> comparison.require("number", 1, Double.NaN, 1e300));
        assertThrows(AssertionFailedError.class, () -> comparison.require("number", Double.NaN, Double.NaN, 1));
    }

    @Test
    @DisplayName("notices a tensor of another length")
    void length() {
        assertThrows(
                AssertionFailedError.class, () -> comparison.require("tensor", new float[2], new float[3], index -> 1));
    }
}
