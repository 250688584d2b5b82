package dev.vaelab.experiment.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of other processes, where the system tells: on Linux. */
final class ResidentMemory {
    private ResidentMemory() {}

    /** Bytes in memory of a process and of those that it has started; 0 where the system does not tell. */
    static long ofFamily(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(member -> of(member.pid()))
                .sum();
    }

    private static long of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            // Not Linux, or the process has just ended.
            return 0;
        }
    }
}
