package dev.vaelab.report.tensorboard;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** An event file, to which one process appends: {@code events.out.tfevents.SECONDS.vaelab.PROCESS}. */
final class EventFile {
    private static final String VERSION = "brain.Event:2";
    private static final double NANOSECONDS = 1e9;

    private final Path path;

    private EventFile(Path path) {
        this.path = path;
    }

    /**
     * Begins a file of its own; TensorBoard reads all that are in a folder, in the order of their names.
     *
     * @param folder made if it is not there
     * @throws RunFailedException if that fails
     */
    static EventFile create(Path folder) {
        Instant now = Instant.now();
        byte[] version = EventRecord.of(event(now).setFileVersion(VERSION).build());
        String name = String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.vaelab.%d",
                now.getEpochSecond(),
                ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
            for (int attempt = 1; ; attempt++) {
                Path path = folder.resolve(attempt == 1 ? name : name + "." + attempt);
                if (!Files.exists(path)) {
                    Files.write(path, version, StandardOpenOption.CREATE_NEW);
                    return new EventFile(path);
                }
            }
        } catch (IOException e) {
            throw cannotWrite(folder.resolve(name), e);
        }
    }

    /**
     * Appends values, all in one go.
     *
     * @param step training steps so far
     * @throws RunFailedException if that fails; the file may end with half a record, and can take no more
     */
    void add(long step, List<Summary.Value> values) {
        // One event for each value: readers hold an event in memory, and pictures are large.
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        Instant now = Instant.now();
        for (Summary.Value value : values) {
            records.writeBytes(EventRecord.of(event(now)
                    .setStep(step)
                    .setSummary(Summary.newBuilder().addValue(value))
                    .build()));
        }
        try {
            Files.write(path, records.toByteArray(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private static Event.Builder event(Instant time) {
        return Event.newBuilder().setWallTime(time.getEpochSecond() + time.getNano() / NANOSECONDS);
    }

    private static RunFailedException cannotWrite(Path path, IOException e) {
        return new RunFailedException("cannot write " + path + ": " + FileFailures.reason(e), e);
    }
}
