package dev.vaelab.cli.terminal;

import dev.vaelab.api.files.FileFailures;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Standard output and standard error of the process. Everything that is written to either passes here, whoever writes it:
 * {@link System#out} and {@link System#err} lead here, too.
 *
 * <p>Results go to standard output, all else to standard error.
 */
public final class Console implements AutoCloseable {
    private static final String CLOSED_PIPE = "Broken pipe";

    /** Of the process, since it has one; what is written before it is installed goes to the system as it is. */
    private static Console installed;

    private final VisibleOutput output;
    private final VisibleOutput errors;
    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream drawing;
    private final IntSupplier outputColumns;
    private final IntSupplier errorColumns;
    private final boolean errorsOnTerminal;
    private Optional<Replaced> replaced = Optional.empty();

    private Console(
            OutputStream systemOut,
            Charset outCharset,
            IntSupplier outputColumns,
            OutputStream systemErr,
            Charset errCharset,
            IntSupplier errorColumns,
            boolean errorsOnTerminal) {
        this.outputColumns = outputColumns;
        this.errorColumns = errorColumns;
        this.errorsOnTerminal = errorsOnTerminal;
        this.output = new VisibleOutput(systemOut, outCharset, outputColumns);
        this.errors = new VisibleOutput(systemErr, errCharset, errorColumns);
        // Lines go out by themselves. Automatic flushes would send them in pieces, which cannot be folded any more.
        this.out = new PrintStream(output, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(errors, false, StandardCharsets.UTF_8);
        this.drawing = errors.drawing();
    }

    /**
     * Takes the process's streams over. The launcher says which of them are terminals, since Java 17 cannot tell for each alone.
     */
    public static synchronized Console install() {
        if (installed == null) {
            installed = new Console(
                    new FileOutputStream(FileDescriptor.out),
                    charset("stdout.encoding"),
                    Columns.of(isSet("VAE_OUTPUT_TERMINAL")),
                    new FileOutputStream(FileDescriptor.err),
                    charset("stderr.encoding"),
                    Columns.of(isSet("VAE_TERMINAL")),
                    isSet("VAE_TERMINAL"));
            System.setOut(installed.out);
            System.setErr(installed.err);
        }
        return installed;
    }

    /**
     * Leads {@link System#out} and {@link System#err} to other streams, in a process that goes on after the command; closing
     * gives them back.
     *
     * @param columns of both; {@link Integer#MAX_VALUE} for whatever has no width
     */
    public static synchronized Console over(OutputStream out, OutputStream err, int columns) {
        Console console = new Console(
                out, StandardCharsets.UTF_8, () -> columns, err, StandardCharsets.UTF_8, () -> columns, false);
        console.replaced = Optional.of(new Replaced(installed, System.out, System.err));
        installed = console;
        System.setOut(console.out);
        System.setErr(console.err);
        return console;
    }

    /** What a console stands for while it is open. */
    private record Replaced(Console console, PrintStream out, PrintStream err) {}

    /** Gives the streams back that were there before; those of the process itself stay. */
    @Override
    public void close() {
        synchronized (Console.class) {
            out.flush();
            err.flush();
            replaced.ifPresent(before -> {
                installed = before.console;
                System.setOut(before.out);
                System.setErr(before.err);
            });
        }
    }

    private static synchronized Optional<Console> current() {
        return Optional.ofNullable(installed);
    }

    /** Columns of what standard output leads to; {@link Integer#MAX_VALUE} if that is no terminal. */
    public static int outputColumns() {
        return current().map(console -> console.outputColumns.getAsInt()).orElse(Integer.MAX_VALUE);
    }

    /** Columns of what standard error leads to; {@link Integer#MAX_VALUE} if that is no terminal. */
    public static int errorColumns() {
        return current().map(console -> console.errorColumns.getAsInt()).orElse(Integer.MAX_VALUE);
    }

    /** Columns for what draws over itself: those of the terminal of the process, 80 if there is none. */
    public static int drawingColumns() {
        return Columns.ofTerminal();
    }

    /** Whether standard error is a terminal on which a line can be drawn over. */
    public static boolean drawsOverLines() {
        return current().map(console -> console.errorsOnTerminal).orElse(false);
    }

    /** Standard error for what draws over itself: carriage returns go through, and nothing is folded. */
    public static PrintStream drawing() {
        return current().map(console -> console.drawing).orElse(System.err);
    }

    /** Standard output for a command. */
    public PrintWriter out() {
        return new PrintWriter(out, false, StandardCharsets.UTF_8);
    }

    /** Standard error for a command. */
    public PrintWriter err() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /**
     * Writes what is left, and tells whether all that was to be written to standard output could be.
     *
     * <p>Says why not on standard error, unless whoever read it has had enough, as {@code head} has.
     */
    public boolean finish() {
        out.flush();
        Optional<IOException> failure = output.failure();
        if (failure.isPresent() && !isClosedPipe(failure.get())) {
            err.println("error: standard output cannot be written to (" + FileFailures.reason(failure.get()) + ")");
        }
        err.flush();
        return failure.isEmpty();
    }

    /** The system's words depend on the locale; what standard output is does not, where the system tells. */
    private boolean isClosedPipe(IOException failure) {
        if (CLOSED_PIPE.equals(failure.getMessage())) {
            return true;
        }
        if (replaced.isPresent()) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isSet(String variable) {
        return "1".equals(System.getenv(variable));
    }

    /** Java names what a terminal shows in one property or another, by its version; elsewhere the locale counts. */
    private static Charset charset(String property) {
        return Stream.of(property, "sun." + property, "native.encoding")
                .map(System::getProperty)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .map(Console::charsetOf)
                .orElse(Charset.defaultCharset());
    }

    private static Charset charsetOf(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Charset.defaultCharset();
        }
    }
}
