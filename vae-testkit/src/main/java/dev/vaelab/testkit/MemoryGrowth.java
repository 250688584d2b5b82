package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;

/** Whether some work leaves memory behind, native or Java's. */
final class MemoryGrowth {
    /** Until caches, compiled code and pools of the engine have found their size. */
    private static final int ROUNDS_BEFORE = 6;

    private static final int ROUNDS = 8;
    private static final double MEBIBYTE = 1024 * 1024;

    private MemoryGrowth() {}

    /**
     * Runs short rounds of work and requires that they do not leave behind even half of what a leak would. Skips the
     * test where the memory of the process cannot be read.
     *
     * @param what backend and promise, for messages
     * @param leak bytes that a leak would leave behind in each round
     * @param round the work
     */
    static void requireLess(String what, long leak, Runnable round) {
        assumeTrue(ProcessMemory.isKnown(), "reading the memory of the process takes Linux and HotSpot");
        repeat(ROUNDS_BEFORE, round);
        long before = ProcessMemory.used();
        repeat(ROUNDS, round);
        long growth = ProcessMemory.used() - before;
        String found = String.format(
                Locale.ROOT,
                "%s: memory in use grew by %.1f MiB, a leak would leave %.1f MiB",
                what,
                growth / MEBIBYTE,
                ROUNDS * leak / MEBIBYTE);
        System.out.println(found);
        assertTrue(growth < ROUNDS * leak / 2, found);
    }

    /** Collects garbage often, so that the Java heap stays small, and with it what its collector keeps about it. */
    private static void repeat(int times, Runnable round) {
        for (int count = 0; count < times; count++) {
            round.run();
            System.gc();
        }
    }
}
