package dev.vaelab.experiments.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Stands still in a step as long as the pipe {@code gate} in the working folder has nobody who writes into it, and goes on as if nothing
 * had been: a test has all the time it needs. A byte that is in the pipe lets one step pass.
 */
public final class GatedBackend extends HostileBackend {
    /** The name of the pipe. */
    public static final String GATE = "gate";

    /** For {@link java.util.ServiceLoader}. */
    public GatedBackend() {
        super("gated");
    }

    @Override
    protected void misbehave() throws IOException {
        try (InputStream gate = Files.newInputStream(Path.of(GATE))) {
            gate.read();
        } catch (NoSuchFileException e) {
            // There is none, or none any more.
        }
    }
}
