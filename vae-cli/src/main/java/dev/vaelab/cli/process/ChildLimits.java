package dev.vaelab.cli.process;

import java.time.Duration;

/**
 * When a child is given up.
 *
 * @param silence how long it may go without a sign of life: a line on its standard error
 * @param residentBytes how much memory it may take
 */
public record ChildLimits(Duration silence, long residentBytes) {}
