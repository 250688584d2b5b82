package dev.vaelab.experiment.cluster.images;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks native libraries once on each machine.
 *
 * <p>Engines unpack them into a cache of the user (JavaCPP: {@code ~/.javacpp/cache}, DJL: {@code ~/.djl.ai}) when they are first used.
 * Of executors that begin together, one should not load what another one is still writing. Here, whoever comes first unpacks, and the others wait. The system
 * gives the lock up with the process, however that ends.
 */
final class NativeLibraries {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibraries.class);

    /** Of this process: a lock of a file is one of the whole process. */
    private static final Object PROCESS = new Object();

    private static boolean loaded;

    private NativeLibraries() {}

    /** Does what may load native libraries for the first time, alone on this machine; later it goes on at once. */
    static <V> V loading(Supplier<V> action) {
        synchronized (PROCESS) {
            if (loaded) {
                return action.get();
            }
            // The temporary folder is one of this machine; a home may be one of several, and NFS does not always lock.
            Path file = Path.of(
                    System.getProperty("java.io.tmpdir"), "vaelab-" + System.getProperty("user.name") + ".native.lock");
            V value = locked(file, action);
            loaded = true;
            return value;
        }
    }

    static <V> V locked(Path file, Supplier<V> action) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                return action.get();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            LOGGER.warn("cannot lock {} ({}): native libraries are unpacked without", file, e.toString());
            return action.get();
        }
    }
}
