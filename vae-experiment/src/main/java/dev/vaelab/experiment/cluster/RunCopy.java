package dev.vaelab.experiment.cluster;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run folder in which one machine trains, and its copy that all of them reach, from which another machine goes on.
 *
 * <p>The copy can be gone on with at any time: files are copied as they were at one moment, whole, and each after what it rests on. The
 * last checkpoint rests on the metrics of its epochs and on the best one; the result on all.
 *
 * <p>An attempt that is believed to be lost, and is not, must not write over what the next one does: the copy says whose it is, in the
 * file {@value #OWNER}, and only its owner goes on writing.
 */
final class RunCopy {
    /** Whose the copy is; gone when the training is. */
    static final String OWNER = "run.owner";

    private static final String BEST = "checkpoints/best.safetensors";
    private static final String LAST = "checkpoints/last.safetensors";
    private static final String RESULT = "result.json";

    /** What the lock of a process is on, means nothing to others. */
    private static final List<String> NEVER = List.of("run.lock", OWNER);

    private final RunFolder run;
    private final SharedFolder copy;
    private final Path snapshot;
    private final String owner;
    private final Map<String, String> copied = new HashMap<>();

    /**
     * A copy.
     *
     * @param run the folder on this machine, there or not
     * @param copy what all machines reach
     * @param snapshot a folder in the same file system as {@code run}
     * @param owner who trains, unlike any other
     */
    RunCopy(RunFolder run, SharedFolder copy, Path snapshot, String owner) {
        this.run = run;
        this.copy = copy;
        this.snapshot = snapshot;
        this.owner = owner;
    }

    /**
     * Makes this attempt the owner, and fetches what there is.
     *
     * @throws IOException if that cannot be read or written to
     */
    void begin() throws IOException {
        copy.write(OWNER, owner);
        for (String name : copy.files()) {
            if (!NEVER.contains(name)) {
                Path file = run.path().resolve(name);
                copy.fetch(name, file);
                copied.put(name, version(file));
            }
        }
    }

    /**
     * Copies what has changed.
     *
     * @throws RunFailedException if the copy belongs to somebody else by now
     * @throws IOException if it cannot be written to
     */
    void update() throws IOException {
        Map<String, String> versions = new HashMap<>();
        List<String> names = link(versions);
        for (String name : names) {
            requireOwned();
            copy.put(snapshot.resolve(name), name);
            copied.put(name, versions.get(name));
        }
        for (String name : names) {
            Files.deleteIfExists(snapshot.resolve(name));
        }
    }

    /** All is copied that there will be. */
    void end() throws IOException {
        update();
        copy.remove(OWNER);
    }

    private void requireOwned() throws IOException {
        if (!copy.has(OWNER) || !copy.read(OWNER).equals(owner)) {
            throw new RunFailedException("another attempt trains " + copy.path() + " by now", null);
        }
    }

    /**
     * Holds on to the files as they are now: the training replaces files, and links to those before stay.
     *
     * @return those that have changed, each after what it rests on
     */
    private List<String> link(Map<String, String> versions) throws IOException {
        List<String> changed = new ArrayList<>();
        // The best epoch's first: the training writes the last checkpoint before, and a best one that is missing is
        // made from that.
        hold(BEST, versions, changed);
        hold(LAST, versions, changed);
        for (String name : AtomicFiles.below(run.path())) {
            if (!NEVER.contains(name) && !name.equals(BEST) && !name.equals(LAST)) {
                hold(name, versions, changed);
            }
        }
        changed.sort(Comparator.comparingInt(RunCopy::rank));
        return changed;
    }

    private static int rank(String name) {
        return name.equals(RESULT) ? 2 : name.equals(LAST) ? 1 : 0;
    }

    private void hold(String name, Map<String, String> versions, List<String> changed) throws IOException {
        Path file = run.path().resolve(name);
        Path link = snapshot.resolve(name);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        try {
            try {
                Files.createLink(link, file);
            } catch (UnsupportedOperationException e) {
                Files.copy(file, link, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        String version = version(link);
        if (version.equals(copied.get(name))) {
            Files.delete(link);
        } else {
            versions.put(name, version);
            changed.add(name);
        }
    }

    private static String version(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    }

    /** Says that the copy cannot be written to. */
    RunFailedException cannotWrite(String host, IOException e) {
        return new RunFailedException(
                "cannot write to " + copy.path() + " from " + host + ": " + FileFailures.reason(e)
                        + "; --out names a folder that every machine can write to",
                e);
    }
}
