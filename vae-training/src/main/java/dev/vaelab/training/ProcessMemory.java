package dev.vaelab.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of this process as the system counts it: heap, native tensors and code alike. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Bytes in memory now; empty where the system does not tell (it is Linux that does). */
    public static OptionalLong residentBytes() {
        return status("VmRSS:");
    }

    /** The most bytes that were in memory at any time; empty where the system does not tell. */
    public static OptionalLong peakResidentBytes() {
        return status("VmHWM:");
    }

    private static OptionalLong status(String key) {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
