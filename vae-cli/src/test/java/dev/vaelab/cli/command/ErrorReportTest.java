package dev.vaelab.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
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
    @DisplayName("says which option gives more memory")
    void memory() {
        assertEquals(
                "error: out of memory (Java heap space); VAE_JAVA_OPTIONS=-Xmx4g gives more",
                reported(new OutOfMemoryError("Java heap space")));
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
