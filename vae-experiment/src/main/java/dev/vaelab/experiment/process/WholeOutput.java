package dev.vaelab.experiment.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A process that is told nothing, works from its start to its end, and whose output is looked at then. */
final class WholeOutput implements Exchange {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private volatile long begun;

    @Override
    public void begin(Process process) throws IOException {
        begun = System.nanoTime();
        process.getOutputStream().close();
    }

    @Override
    public void readAll(InputStream output) throws IOException {
        output.transferTo(text);
    }

    @Override
    public Duration busy() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public String output() {
        return text.toString(StandardCharsets.UTF_8);
    }
}
