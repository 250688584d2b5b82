package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of a crash")
final class CrashReportTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("tells the signal and where it struck")
    void signal() throws Exception {
        Path file = write("""
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f2b1c0a3f10, pid=4711, tid=4712
                #
                # JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6-Debian-1deb12u1)
                # Problematic frame:
                # C  [libengine.so+0x1a2b]  multiply+0x1f
                #
                """);
        assertEquals(
                Optional.of("native code crashed the Java machine (SIGSEGV) in [libengine.so+0x1a2b] multiply+0x1f; its"
                        + " report is " + file),
                CrashReport.read(file));
    }

    @Test
    @DisplayName("tells that native memory ran out")
    void memory() throws Exception {
        Path file = write("""
                #
                # There is insufficient memory for the Java Runtime Environment to continue.
                # Native memory allocation (mmap) failed to map 12288 bytes for committing reserved memory.
                """);
        assertEquals(
                Optional.of("the Java machine ran out of native memory; its report is " + file),
                CrashReport.read(file));
    }

    @Test
    @DisplayName("tells at least that there is one, if it broke off")
    void brokenOff() throws Exception {
        Path file = write("# Problematic frame:\n");
        assertEquals(
                Optional.of("native code crashed the Java machine; its report is " + file), CrashReport.read(file));
    }

    @Test
    @DisplayName("is not there if nothing crashed")
    void none() {
        assertEquals(Optional.empty(), CrashReport.read(folder.resolve("crash.txt")));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("crash.txt"), text);
    }
}
