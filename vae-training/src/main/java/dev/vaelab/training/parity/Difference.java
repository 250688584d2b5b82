package dev.vaelab.training.parity;

/**
 * A difference between two engines.
 *
 * @param step training step, counted from 1
 * @param aspect what was compared
 * @param tensor which tensor or term
 * @param size by the aspect's measure; NaN if one of the numbers is
 */
public record Difference(int step, Aspect aspect, String tensor, double size) {}
