package dev.vaelab.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process keeps in memory: Java objects that are in use, and everything that is resident outside the Java
 * heap.
 *
 * <p>The resident set as a whole says little: the Java heap grows and shrinks by hundreds of megabytes as its collector
 * likes. So the heap's address range, which HotSpot tells, is left out of the sum over Linux's list of mappings.
 */
final class ProcessMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");

    private static final int READINGS = 20;

    private ProcessMemory() {}

    /** Whether the system and the virtual machine tell. */
    static boolean isKnown() {
        return Files.exists(MAPPINGS) && heapInformation().isPresent();
    }

    /**
     * Bytes in use. The collector gives back what it kept about a larger heap in its own time, so that the least of
     * several readings counts.
     */
    static long used() {
        return LongStream.generate(ProcessMemory::usedNow).limit(READINGS).min().orElseThrow();
    }

    private static long usedNow() {
        System.gc();
        long objects = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return objects + residentOutside(heapInformation().orElseThrow());
    }

    /** What the {@code jcmd} command {@code GC.heap_info} prints, with the addresses where the heap begins and ends. */
    private static Optional<String> heapInformation() {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(commands, "gcHeapInfo", new Object[] {null}, new String[] {String[].class.getName()});
            return Optional.of(text.toString());
        } catch (JMException e) {
            return Optional.empty();
        }
    }

    private static long residentOutside(String heapInformation) {
        long[] addresses = ADDRESS.matcher(heapInformation)
                .results()
                .mapToLong(match -> Long.parseUnsignedLong(match.group(1), 16))
                .sorted()
                .toArray();
        long resident = 0;
        boolean outside = true;
        for (String line : mappings()) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher size = RESIDENT.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                outside = start < addresses[0] || start >= addresses[addresses.length - 1];
            } else if (outside && size.matches()) {
                resident += 1024 * Long.parseLong(size.group(1));
            }
        }
        return resident;
    }

    private static Iterable<String> mappings() {
        try {
            return Files.readAllLines(MAPPINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
