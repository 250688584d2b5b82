package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether some work leaves memory behind, native or Java's, by the resident set of this process.
 *
 * <p>A leak makes the process grow in every round. Heaps and caches that are still finding their size make it grow in
 * some. So what counts is the smallest growth among several rounds, after others that do not count.
 */
final class MemoryGrowth {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int ROUNDS_BEFORE = 2;
    private static final int ROUNDS = 4;
    private static final double MEBIBYTE = 1024 * 1024;

    private MemoryGrowth() {}

    /**
     * Requires that a round of work does not make the process grow each time. Skips the test where the system does not
     * tell the resident set.
     *
     * @param what backend and promise, for messages
     * @param leastLeak bytes that a round would leave behind if it leaked
     * @param round the work
     */
    static void requireNone(String what, long leastLeak, Runnable round) {
        assumeTrue(Files.exists(STATUS), "the resident set is read from " + STATUS);
        for (int count = 0; count < ROUNDS_BEFORE; count++) {
            round.run();
        }
        long smallest = Long.MAX_VALUE;
        long before = residentSet();
        for (int count = 0; count < ROUNDS; count++) {
            round.run();
            long after = residentSet();
            smallest = Math.min(smallest, after - before);
            before = after;
        }
        String found = String.format(
                Locale.ROOT,
                "%s: each of %d rounds grew the process by %.1f MiB or more; a leak would by %.1f MiB",
                what,
                ROUNDS,
                smallest / MEBIBYTE,
                leastLeak / MEBIBYTE);
        System.out.println(found);
        assertTrue(smallest < leastLeak / 2, found);
    }

    private static long residentSet() {
        System.gc();
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
