package dev.vaelab.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A folder of native libraries that cannot be used")
final class NativeLibraryCacheTest {
    private static final String BEGINNING =
            "the native libraries of PyTorch cannot be unpacked into /cache and loaded from there: ";
    private static final String END = "; DJL_CACHE_DIR names another folder";

    private final NativeLibraryCache cache = new NativeLibraryCache("PyTorch", Path.of("/cache"), "DJL_CACHE_DIR");

    @Test
    @DisplayName("is named, with the setting for another one, if it cannot be written to")
    void permission() {
        assertEquals(
                BEGINNING + "no permission" + END,
                message(new IllegalStateException("no engine", new AccessDeniedException("/cache"))));
        assertEquals(
                BEGINNING + "Read-only file system" + END,
                message(new IllegalStateException(new FileSystemException("/cache", null, "Read-only file system"))));
    }

    @Test
    @DisplayName("is named if its file system lets nothing be executed, however deep that is said")
    void noexec() {
        Error link = new UnsatisfiedLinkError("/cache/libtorch.so: failed to map segment from shared object");
        link.initCause(new IllegalStateException("something else"));
        assertEquals(
                BEGINNING + "its file system is mounted noexec, or the system forbids it otherwise"
                        + " (/cache/libtorch.so: failed to map segment from shared object)" + END,
                message(new ExceptionInInitializerError(link)));
    }

    @Test
    @DisplayName("is named with what the engine says, if that is anything else")
    void other() {
        assertEquals(
                BEGINNING + "java.lang.UnsatisfiedLinkError: libstdc++.so.6: version not found" + END,
                message(new UnsatisfiedLinkError("libstdc++.so.6: version not found")));
    }

    @Test
    @DisplayName("is not blamed for a jar that is missing")
    void missingJar() {
        assertEquals(
                "PyTorch cannot be loaded, as a jar that it needs is not on the class path"
                        + " (java.lang.ClassNotFoundException: org.bytedeco.openblas.global.openblas)",
                message(new IllegalStateException(
                        new ClassNotFoundException("org.bytedeco.openblas.global.openblas"))));
    }

    private String message(Throwable failure) {
        return cache.failure(failure).getMessage();
    }
}
