package dev.vaelab.testkit;

/** The floating-point numbers that a backend keeps weights and moments in. */
public enum Precision {
    /** What crosses the border: nothing is lost there. */
    FLOAT32,
    /** More than what crosses the border: weights and moments are rounded on their way out. */
    FLOAT64
}
