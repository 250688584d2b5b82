package dev.vaelab.experiment.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads what a process writes, on a thread of its own, up to a number of bytes. Behind them it reads no more, so that a
 * process that floods its output comes to a standstill instead of filling the memory or the disk.
 */
final class OutputReader {
    /** What is done with the output. */
    @FunctionalInterface
    interface Use {
        /** Reads to the end. */
        void readAll(InputStream output) throws IOException;
    }

    private final BoundedStream stream;
    private final Thread thread;

    private OutputReader(String name, BoundedStream stream, Use use) {
        this.stream = stream;
        this.thread = new Thread(() -> read(use), name);
        thread.setDaemon(true);
    }

    /** Begins to read. */
    static OutputReader start(String name, InputStream output, long mostBytes, Use use) {
        OutputReader reader = new OutputReader(name, new BoundedStream(output, mostBytes), use);
        reader.thread.start();
        return reader;
    }

    /** Whether the process wrote more than is read. */
    boolean overrun() {
        return stream.overrun();
    }

    /**
     * Waits for the end of the output after that of the process. A process that it left behind may hold the output open for
     * ever; so this waits for a while only.
     */
    void awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
    }

    private void read(Use use) {
        try {
            use.readAll(stream);
        } catch (IOException e) {
            // The process is gone, and its output with it: what was read until then stays.
        }
    }
}
