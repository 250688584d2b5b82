package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.files.NativeLibraryCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;

/** TensorFlow's native library, which JavaCPP unpacks and loads when TensorFlow is first used. */
final class TensorFlowLibrary {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final long MEGABYTE = 1_000_000;

    /** What the libraries take on the disk. */
    private static final long UNPACKED = 652 * MEGABYTE;

    private static final String THREADS = "OMP_NUM_THREADS";

    /** What the environment may say; it decides speed and, in the last digits, results. */
    private static final List<String> SETTINGS = List.of(
            "TF_ENABLE_ONEDNN_OPTS", THREADS, "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_");

    private TensorFlowLibrary() {}

    /**
     * Loads it and says how it runs.
     *
     * @throws dev.vaelab.api.RunFailedException if it cannot be unpacked or loaded
     */
    static EngineDescription load() {
        try {
            Map<String, String> details = new LinkedHashMap<>();
            SETTINGS.forEach(setting -> details.put(setting, System.getenv().getOrDefault(setting, "not set")));
            return new EngineDescription("TensorFlow", TensorFlow.version(), threads(), details);
        } catch (LinkageError | RuntimeException e) {
            Path folder = folder();
            throw new NativeLibraryCache("TensorFlow", folder, "VAE_JAVA_OPTIONS=-D" + CACHE + "=DIR")
                    .failure(
                            folder.toFile().isDirectory()
                                    ? missingSpace(folder.toFile().getUsableSpace(), e)
                                    : e);
        }
    }

    /**
     * One operation at a time, in the thread that asks for it and on as many threads as the environment says. Of the graph only the
     * part of a program is looked at when the program is new: else each one would take longer than the one before it.
     */
    static ConfigProto configuration() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads())
                .setInterOpParallelismThreads(-1)
                .setGraphOptions(GraphOptions.newBuilder().setPlacePrunedGraph(true))
                .build();
    }

    private static int threads() {
        String threads = System.getenv().getOrDefault(THREADS, "");
        return threads.matches("[1-9]\\d{0,3}")
                ? Integer.parseInt(threads)
                : Runtime.getRuntime().availableProcessors();
    }

    /** JavaCPP leaves out what a full disk does not take, and the dynamic linker misses it. */
    static Throwable missingSpace(long free, Throwable failure) {
        return free >= UNPACKED
                ? failure
                : new IOException("they take " + UNPACKED / MEGABYTE + " MB, of which " + free / MEGABYTE
                        + " are free (" + failure.getMessage() + ")");
    }

    private static Path folder() {
        try {
            return Loader.getCacheDir().toPath();
        } catch (IOException e) {
            // None that JavaCPP knows can be made: the first one that it has tried.
            return Path.of(System.getProperty(CACHE, System.getProperty("user.home") + "/.javacpp/cache"));
        }
    }
}
