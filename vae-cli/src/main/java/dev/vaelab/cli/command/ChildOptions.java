package dev.vaelab.cli.command;

import dev.vaelab.experiment.process.ChildLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When a run in a Java machine of its own is given up. */
final class ChildOptions {
    private static final double SHARE_OF_MEMORY = 0.8;

    @Option(
            names = "--silence",
            defaultValue = "30m",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Give a run up that shows no sign of life, such as the end of an epoch, for so long, for example"
                            + " 90s, 30m or 1h30m. Default: 30m.")
    private Duration silence;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemorySizeConverter.class,
            description =
                    "Give a run up that takes more memory, for example 900m or 4g. Default: 80 %% of the machine's,"
                            + " shared by the runs that are at work at once.")
    private Long memory;

    /** The limits of children that work one after the other. */
    ChildLimits limits() {
        return limits(1);
    }

    /** The limits of each child where so many work at once. */
    ChildLimits limits(int atOnce) {
        return new ChildLimits(silence, memory == null ? mostMemory() / atOnce : memory);
    }

    /** When one is given up that shows no sign of life. */
    Duration silence() {
        return silence;
    }

    /** When one is given up for its memory, in bytes; nothing for a share of its machine's. */
    Optional<Long> memory() {
        return Optional.ofNullable(memory);
    }

    private static long mostMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? (long) (system.getTotalMemorySize() * SHARE_OF_MEMORY)
                : Long.MAX_VALUE;
    }
}
