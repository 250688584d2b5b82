package dev.vaelab.experiment.process;

import dev.vaelab.api.text.VisibleText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** What a process says on standard error: kept in a file, passed on line by line, and taken for a sign of life. */
final class Messages implements AutoCloseable {
    private final PrintWriter file;
    private final Consumer<String> listener;
    private volatile long lastSign = System.nanoTime();
    private volatile String last = "";

    private Messages(PrintWriter file, Consumer<String> listener) {
        this.file = file;
        this.listener = listener;
    }

    /** Opens a file, and the folder that it is in. */
    static Messages open(Path path, Consumer<String> listener) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        return new Messages(new PrintWriter(Files.newBufferedWriter(path)), listener);
    }

    /** Takes the lines of a stream to its end. */
    void readAll(InputStream output) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        for (String said = lines.readLine(); said != null; said = lines.readLine()) {
            // The file is looked at on a terminal, and what native code writes has not passed the child's own output.
            String line = VisibleText.lines(said);
            lastSign = System.nanoTime();
            if (!line.isBlank()) {
                last = line;
            }
            file.println(line);
            if (!lines.ready()) {
                file.flush();
            }
            listener.accept(line);
        }
    }

    /** The last line that is not blank; empty if there is none. */
    String last() {
        return last;
    }

    /** Time since the last line, or since the file was opened. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastSign);
    }

    @Override
    public void close() {
        file.close();
    }
}
