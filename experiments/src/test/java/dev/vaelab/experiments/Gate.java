package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.experiments.hostile.GatedBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What trainings on the backend {@code gated} stand still at. */
final class Gate {
    private final Path pipe;
    private final Optional<FileChannel> held;

    private Gate(Path pipe, Optional<FileChannel> held) {
        this.pipe = pipe;
        this.held = held;
    }

    /** Closes the way of all trainings that are started in a folder. */
    static Gate close(Path folder) throws IOException, InterruptedException {
        return new Gate(makePipe(folder), Optional.empty());
    }

    /** Closes the way of all trainings that are started in a folder after so many steps, which they share as they come. */
    static Gate closeAfter(int steps, Path folder) throws IOException, InterruptedException {
        Path pipe = makePipe(folder);
        FileChannel held = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
        held.write(ByteBuffer.allocate(steps));
        return new Gate(pipe, Optional.of(held));
    }

    private static Path makePipe(Path folder) throws IOException, InterruptedException {
        Path pipe = folder.resolve(GatedBackend.GATE);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    /** Lets all go on, those at the gate and those that would come to it. */
    void open() throws IOException {
        // For both, which waits for nobody: there need not be one at the gate.
        try (FileChannel way = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Whoever looks for the gate from here on finds none, and whoever has opened it reads its end.
            Files.delete(pipe);
        }
        if (held.isPresent()) {
            held.get().close();
        }
    }
}
