package dev.vaelab.backend.dl4j;

import dev.vaelab.api.files.DecodedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which build of ND4J's native library runs: for the processor's vector instructions, and with oneDNN.
 *
 * <p>JavaCPP decides when the library is loaded, by a system property; left alone it takes the plain build, which is
 * several times slower.
 */
final class NativeVariant {
    /** JavaCPP's property. What a person sets there is left alone. */
    static final String PROPERTY = "org.bytedeco.javacpp.platform.extension";

    /** JavaCPP's property of the folder into which it unpacks native libraries. */
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final Logger LOGGER = LoggerFactory.getLogger(NativeVariant.class);
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private NativeVariant() {}

    /** Chooses for this processor, unless a choice was made before; effective if ND4J is not loaded yet. */
    static void choose() {
        requireNameOfFolder();
        if (System.getProperty(PROPERTY) == null) {
            processorFlags()
                    .flatMap(NativeVariant::fastest)
                    .ifPresent(extension -> System.setProperty(PROPERTY, extension));
        }
    }

    /** JavaCPP would unpack native libraries into a folder named by question marks. */
    private static void requireNameOfFolder() {
        String folder = System.getProperty(CACHE);
        DecodedText.require(
                folder == null ? "the home folder, as " + CACHE + " is not set" : CACHE,
                folder == null ? System.getProperty("user.home") : folder);
    }

    /** The variant in words. */
    static String description() {
        String extension = System.getProperty(PROPERTY, "");
        return extension.isEmpty() ? "plain" : extension.substring(1);
    }

    /**
     * The fastest build that the flags of an x86-64 processor allow.
     *
     * <p>The build for AVX-512 would be no faster: oneDNN finds out by itself what the processor can do, and the rest waits
     * for memory.
     *
     * @return JavaCPP's extension, or nothing if only the plain build will do
     */
    static Optional<String> fastest(Set<String> flags) {
        return flags.containsAll(List.of("avx2", "fma")) ? Optional.of("-onednn-avx2") : Optional.empty();
    }

    private static Optional<Set<String>> processorFlags() {
        if (!Files.isReadable(PROCESSORS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line ->
                            Set.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+")));
        } catch (IOException exception) {
            LOGGER.warn("cannot read {}, so the plain build of ND4J runs", PROCESSORS, exception);
            return Optional.empty();
        }
    }
}
