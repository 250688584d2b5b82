package dev.vaelab.backend.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.RunFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("TensorFlow's native library")
class TensorFlowLibraryTest {
    @TempDir
    private Path folder;

    /** Its own JVM, as a library is loaded once in a process. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] arguments) {
            new TensorFlowBackend().name();
            try {
                new TensorFlowBackend().open();
            } catch (RunFailedException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    @DisplayName("that the disk has no room for is an error that says how much there is")
    void fullDisk() {
        Throwable failure = new UnsatisfiedLinkError("libtensorflow_cc.so.2: cannot open shared object file");
        assertEquals(
                "they take 652 MB, of which 52 are free (libtensorflow_cc.so.2: cannot open shared object file)",
                TensorFlowLibrary.missingSpace(52_500_000, failure).getMessage());
        assertSame(failure, TensorFlowLibrary.missingSpace(652_000_000, failure));
    }

    @Test
    @DisplayName("that cannot be unpacked is an error that names the folder and what moves it")
    void unwritable() throws IOException, InterruptedException {
        Path cache = Files.createFile(folder.resolve("file")).resolve("cache");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        // Where JavaCPP would turn to else.
                        "-Duser.home=" + cache,
                        "-Djava.io.tmpdir=" + cache,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Loading.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String message = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), message);
        assertTrue(
                message.startsWith(
                        "the native libraries of TensorFlow cannot be unpacked into " + cache + " and loaded"),
                message);
        assertTrue(
                message.endsWith("; VAE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR names another folder"),
                message);
    }
}
