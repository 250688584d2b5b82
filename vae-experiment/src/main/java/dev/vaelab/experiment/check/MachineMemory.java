package dev.vaelab.experiment.check;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What memory there is, in bytes.
 *
 * @param heap the most that Java's objects may take
 * @param machine all of the machine or, in a container, of the container
 */
public record MachineMemory(long heap, long machine) {
    /** Of this process. */
    public static MachineMemory ofThisProcess() {
        long machine = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
        return new MachineMemory(Runtime.getRuntime().maxMemory(), machine);
    }
}
