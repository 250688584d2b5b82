package dev.vaelab.backend.dl4j;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.NativeLibraryCache;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native library, which JavaCPP unpacks and loads when ND4J is first used. */
final class NativeLibrary {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final String CRASH_REPORTS = "org.deeplearning4j.crash.reporting.enabled";

    private NativeLibrary() {}

    /**
     * Loads it, in the variant for this processor, unless it is loaded already.
     *
     * @throws RunFailedException if it cannot be unpacked or loaded
     */
    static OpExecutioner load() {
        NativeVariant.choose();
        // Deeplearning4j's own report on memory that has run out is a file in the working folder, and hides the error
        // itself where a
        // library is missing that only the report needs.
        System.setProperty(CRASH_REPORTS, "false");
        try {
            return Nd4j.getExecutioner();
        } catch (LinkageError | RuntimeException e) {
            throw new NativeLibraryCache("ND4J", folder(), "VAE_JAVA_OPTIONS=-D" + CACHE + "=DIR").failure(e);
        }
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
