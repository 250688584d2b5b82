package dev.vaelab.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The machine and the Java that a run ran on.
 *
 * @param processor model name
 * @param processors how many the process may use
 * @param operatingSystem name, version and architecture
 * @param java vendor and version
 */
public record MachineDescription(String processor, int processors, String operatingSystem, String java) {
    /** Not who started the process, nor whether a person watches: both say nothing about the numbers. */
    private static final String SETTING = "(OMP|KMP|GOMP|MKL|OPENBLAS|MALLOC|DNNL|ONEDNN|VAE)_(?!PARENT$|TERMINAL$).*";

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The machine that this process runs on. */
    public static MachineDescription ofThisProcess() {
        return new MachineDescription(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
    }

    /** Settings of this process that decide numbers or speed: threads, BLAS, allocator. */
    public static Map<String, String> settingsOfThisProcess() {
        Map<String, String> settings = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (isSetting(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** Whether an environment variable is one of those settings. */
    public static boolean isSetting(String name) {
        return name.matches(SETTING);
    }

    private static String processorName() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }
}
