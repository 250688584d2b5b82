package dev.vaelab.experiment.run;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which limit of this process was reached, and what raises it; in a phrase for a person. */
public final class ResourceShortage {
    private static final long MEBIBYTE = 1 << 20;
    private static final String TOO_MANY_FILES = "Too many open files";

    /** Causes may lead in a circle. */
    private static final int MOST_CAUSES = 100;

    private ResourceShortage() {}

    /** The limit that a failure, or what caused it, ran into; empty if it was no limit. */
    public static Optional<String> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .flatMap(cause -> cause(cause).stream())
                .findFirst();
    }

    private static Optional<String> cause(Throwable cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        if (message.contains(TOO_MANY_FILES)) {
            return Optional.of("too many open files: this process may have " + mostFiles()
                    + " at once; raise the limit with ulimit -n, or where the limits of the shell, container or service are"
                    + " set");
        }
        return cause instanceof OutOfMemoryError ? Optional.of(memory(message)) : Optional.empty();
    }

    private static String memory(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("thread")) {
            return "no more threads: the system lets this process start none (" + message
                    + "); raise the limit of processes with ulimit -u, or pids.max of the container";
        }
        if (lower.contains("physicalbytes") || lower.contains("maxbytes")) {
            return "out of native memory (" + message + "); VAE_JAVA_OPTIONS with a larger -Xmx, or with"
                    + " -Dorg.bytedeco.javacpp.maxphysicalbytes=SIZE, allows Deeplearning4j more";
        }
        if (lower.contains("direct buffer")) {
            return "out of direct memory (" + message + "); VAE_JAVA_OPTIONS=-XX:MaxDirectMemorySize=SIZE gives more";
        }
        if (lower.contains("metaspace") || lower.contains("class space")) {
            return "out of memory for classes (" + message + "); VAE_JAVA_OPTIONS=-XX:MaxMetaspaceSize=SIZE gives more";
        }
        if (lower.contains("array size")) {
            return "out of memory (" + message + "): an array of so many elements is none of Java's";
        }
        long most = Runtime.getRuntime().maxMemory() / MEBIBYTE;
        return "out of memory (" + (message.isEmpty() ? "Java heap" : message) + "): the heap of the JVM may take "
                + most
                + " MiB at most, unless VAE_JAVA_OPTIONS says otherwise; VAE_JAVA_OPTIONS=-Xmx" + more(most)
                + "g gives more";
    }

    /** At least twice as much, in GiB. */
    private static long more(long mebibytes) {
        return Math.max(4, (2 * mebibytes + 1023) / 1024);
    }

    private static String mostFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Long.toString(system.getMaxFileDescriptorCount())
                : "only so many";
    }
}
