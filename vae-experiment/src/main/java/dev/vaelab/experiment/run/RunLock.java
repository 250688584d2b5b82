package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a run folder to one training at a time, and the folder of a sweep or a comparison to one process that does its runs.
 *
 * <p>The system holds the lock of the file {@code run.lock}, {@code sweep.lock} or {@code comparison.lock}, and lets go of it however the process ends; what the file says is
 * for people. So the lock of a process that was killed is none, and its name in the file tells that it was. The file stays when
 * the training ends, empty: if it were removed, two others could each hold a lock on a file of this name.
 *
 * <p>A process must not open the file of a lock that it holds: where locks are POSIX's, closing it once lets go of the lock.
 */
public final class RunLock implements TrainingListener, AutoCloseable {
    /** Far behind what the file says, since some systems do not let others read what is locked. */
    private static final long OWNED = Long.MAX_VALUE - 2;

    /** A lock of its own for those who only ask, so that they are never taken for one who trains. */
    private static final long ANNOUNCED = Long.MAX_VALUE - 1;

    private static final int LONGEST_TEXT = 1000;

    /** By the identity of its file, each lock that this process holds: the system knows processes, and no threads. */
    private static final Map<Object, Holder> HELD = new HashMap<>();

    private final Place place;
    private final FileChannel channel;
    private final Object identity;
    private final Object key;
    private final Optional<Holder> killed;

    /**
     * Who trains in a run folder.
     *
     * @param process its id
     * @param since when it began
     */
    public record Holder(long process, Instant since) {
        /** For example {@code process 4711 since 2026-01-31T12:00:00Z}. */
        @Override
        public String toString() {
            return "process " + process + " since " + since;
        }
    }

    /**
     * What is locked.
     *
     * @param kind what the folder is of, for messages
     * @param file the file of the lock
     */
    private record Place(String kind, Path folder, Path file) {
        static Place of(RunFolder run) {
            return new Place("run", run.path(), run.lock());
        }
    }

    private RunLock(Place place, FileChannel channel, Object identity, Object key, Optional<Holder> killed) {
        this.place = place;
        this.channel = channel;
        this.identity = identity;
        this.key = key;
        this.killed = killed;
    }

    /**
     * Takes the lock for this process.
     *
     * @throws InvalidInputException if another process holds it, or another training of this one
     * @throws RunFailedException if the folder cannot be written to
     */
    public static RunLock acquire(RunFolder run) {
        return acquire(Place.of(run));
    }

    /**
     * Takes the lock of a sweep for this process.
     *
     * @param folder of the sweep
     * @throws InvalidInputException if another process holds it
     * @throws RunFailedException if the folder cannot be written to
     */
    public static RunLock acquireSweep(Path folder) {
        return acquire(new Place("sweep", folder, folder.resolve(RunFolder.SWEEP_LOCK)));
    }

    /**
     * Takes the lock of a comparison for this process.
     *
     * @param folder of the comparison
     * @throws InvalidInputException if another process holds it
     * @throws RunFailedException if the folder cannot be written to
     */
    public static RunLock acquireComparison(Path folder) {
        return acquire(new Place("comparison", folder, folder.resolve(RunFolder.COMPARISON_LOCK)));
    }

    /**
     * Waits until nobody trains in a folder: a training whose sweep was killed takes a while to notice, and to write its
     * checkpoint.
     *
     * @param waiting told of whoever does, if there is somebody to wait for
     * @return whether there was
     * @throws RunFailedException if the system does not tell
     */
    public static boolean awaitFree(RunFolder run, Consumer<String> waiting) {
        if (!RegularFiles.isThere(run.lock())) {
            return false;
        }
        requireFile(run.lock());
        try (FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock(OWNED, 1, false) != null) {
                return false;
            }
            waiting.accept(nameOfHolder(channel));
            channel.lock(OWNED, 1, false);
            return true;
        } catch (IOException e) {
            throw cannotLock(Place.of(run), e);
        }
    }

    private static RunLock acquire(Place place) {
        requireFile(place.file);
        synchronized (HELD) {
            return acquireAlone(place);
        }
    }

    private static RunLock acquireAlone(Place place) {
        try {
            Optional<Holder> here = heldHere(place.file);
            if (here.isPresent()) {
                throw held(place, "this " + here.get());
            }
            FileChannel channel = FileChannel.open(
                    place.file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                return own(place, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw cannotLock(place, e);
        }
    }

    /** To open a pipe would wait for somebody who writes into it. */
    private static void requireFile(Path file) {
        RegularFiles.requireNothingElse(file, "the file of a lock; it may be removed if nobody trains there");
    }

    private static RunFailedException cannotLock(Place place, IOException e) {
        return new RunFailedException(
                "cannot lock the " + place.kind + " folder " + place.folder + ": " + FileFailures.reason(e), e);
    }

    private static String nameOfHolder(FileChannel channel) throws IOException {
        return read(channel).map(Holder::toString).orElse("another process");
    }

    private static RunLock own(Place place, FileChannel channel) throws IOException {
        if (channel.tryLock(OWNED, 1, false) == null) {
            throw held(place, nameOfHolder(channel));
        }
        Optional<Holder> killed = read(channel);
        Holder self = new Holder(ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(JsonText.line(self).getBytes(StandardCharsets.UTF_8)), 0);
        // Waits for those who are asking just now; they take no time.
        channel.lock(ANNOUNCED, 1, false);
        Object identity = identity(place.file);
        Object key = key(identity, place.file);
        HELD.put(key, self);
        return new RunLock(place, channel, identity, key, killed);
    }

    private static InvalidInputException held(Place place, String holder) {
        return new InvalidInputException(new Problem(
                place.folder.toString(),
                "a " + place.kind + " in the hands of " + holder,
                "one that nobody trains",
                "wait for its end, or end it"));
    }

    /** Tells it without opening the file. */
    private static Optional<Holder> heldHere(Path file) throws IOException {
        return Files.exists(file) ? Optional.ofNullable(HELD.get(key(identity(file), file))) : Optional.empty();
    }

    /** Some systems have no identities of files. */
    private static Object key(Object identity, Path file) throws IOException {
        return identity == null ? file.toRealPath() : identity;
    }

    /**
     * Who trains in a folder at the moment; asking gets in nobody's way.
     *
     * @return nothing if nobody does
     * @throws IOException if the system does not tell
     */
    public static Optional<Holder> holderOf(RunFolder run) throws IOException {
        if (!RegularFiles.isThere(run.lock())) {
            return Optional.empty();
        }
        requireFile(run.lock());
        synchronized (HELD) {
            Optional<Holder> here = heldHere(run.lock());
            if (here.isPresent()) {
                return here;
            }
        }
        try (FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.READ)) {
            return channel.tryLock(ANNOUNCED, 1, true) == null ? read(channel) : Optional.empty();
        }
    }

    /** Who trained here before and has not come to an end of its own. */
    public Optional<Holder> killed() {
        return killed;
    }

    /**
     * Checks that the folder is where it was.
     *
     * @throws RunFailedException if it was removed or renamed, even if another one is in its place
     */
    public void requireInPlace() {
        Object found;
        try {
            found = identity(place.file);
        } catch (IOException e) {
            throw gone(e);
        }
        // Null where the system has no such thing; then the file's being there must do.
        if (identity != null && !identity.equals(found)) {
            throw gone(null);
        }
    }

    @Override
    public void stepDone(Figures figures, int images) {
        requireInPlace();
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        requireInPlace();
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try (channel) {
                channel.truncate(0);
            } catch (IOException e) {
                // The disk is read-only by now. The lock itself goes with the process.
            } finally {
                HELD.remove(key);
            }
        }
    }

    private RunFailedException gone(IOException cause) {
        return new RunFailedException(
                "the " + place.kind + " folder " + place.folder
                        + " was removed, renamed or replaced while its training was running",
                cause);
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static Optional<Holder> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(bytes, 0);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(JsonText.read(text, Holder.class));
        } catch (IllegalArgumentException e) {
            // Not ours, or half written when its process was killed.
            return Optional.empty();
        }
    }
}
