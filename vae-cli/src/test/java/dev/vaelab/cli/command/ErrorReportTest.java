package dev.vaelab.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@DisplayName("A report of an error of the Java machine")
final class ErrorReportTest {
    @Command(name = "train")
    private static final class Train {}

    @Test
    @DisplayName("tells whoever brought a jar of another version what to do about it")
    void otherVersion() {
        assertEquals(
                "error: a jar does not fit this program, as an engine that was built against another version of vae-api:"
                        + " build it anew against this one (java.lang.AbstractMethodError: no step)",
                reported(new AbstractMethodError("no step")));
    }

    @Test
    @DisplayName("says how large the heap may become, and which option gives more")
    void memory() {
        long most = Runtime.getRuntime().maxMemory() / (1 << 20);
        String reported = reported(new OutOfMemoryError("Java heap space"));
        assertTrue(
                reported.startsWith("error: out of memory (Java heap space): the heap of the JVM may take " + most
                        + " MiB at most, unless VAE_JAVA_OPTIONS says otherwise; VAE_JAVA_OPTIONS=-Xmx"),
                reported);
        String advised = reported.replaceFirst(".*VAE_JAVA_OPTIONS=-Xmx(\\d+)g gives more", "$1");
        assertTrue(Long.parseLong(advised) * 1024 > most, reported);
    }

    @Test
    @DisplayName("names the limit of threads where that was reached, and not that of the heap")
    void threads() {
        String message = "unable to create native thread: possibly out of memory or process/resource limits reached";
        assertEquals(
                "error: no more threads: the system lets this process start none (" + message
                        + "); raise the limit of processes with ulimit -u, or pids.max of the container",
                reported(new OutOfMemoryError(message)));
    }

    @Test
    @DisplayName("names the limit of open files, whatever it was that could not be opened")
    void files() {
        NoClassDefFoundError error = new NoClassDefFoundError("dev/vaelab/Any");
        error.initCause(new FileSystemException("any.jar", null, "Too many open files"));
        String reported = reported(error);
        assertTrue(
                reported.matches("error: too many open files: this process may have \\d+ at once; raise the limit with"
                        + " ulimit -n, or where the limits of the shell, container or service are set"),
                reported);
    }

    @Test
    @DisplayName("says of any other one what it is")
    void other() {
        assertEquals(
                "error: the engine or the Java machine failed: java.lang.UnsatisfiedLinkError: no engine in the library"
                        + " path",
                reported(new UnsatisfiedLinkError("no engine in the library path")));
    }

    private static String reported(Error error) {
        error.setStackTrace(new StackTraceElement[0]);
        StringWriter text = new StringWriter();
        CommandLine commandLine = new CommandLine(new Train()).setErr(new PrintWriter(text, true));
        assertEquals(CommandLine.ExitCode.SOFTWARE, new ErrorReport().handleError(error, commandLine));
        return text.toString().strip();
    }
}
