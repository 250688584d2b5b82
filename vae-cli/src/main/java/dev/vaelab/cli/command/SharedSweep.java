package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.cluster.ClusterTrainer;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.report.page.SweepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder of a sweep that many machines reach. Where it is not one of this machine's file system, this one keeps a copy of what the
 * page and the ranking rest on, for as long as the command takes.
 */
final class SharedSweep implements AutoCloseable {
    private static final String STATE = "sweep.json";

    private final SharedFolder shared;
    private final SweepFolder files;
    private final Optional<TemporaryFolder> copy;

    private SharedSweep(SharedFolder shared, SweepFolder files, Optional<TemporaryFolder> copy) {
        this.shared = shared;
        this.files = files;
        this.copy = copy;
    }

    /**
     * Opens the folder, and makes it where it is not there and may be made.
     *
     * @param mayBeNew whether a sweep may begin there
     * @throws InvalidInputException if there is a file in the way
     * @throws RunFailedException if the file system does not let it be made or read
     */
    static SharedSweep open(SharedFolder shared, boolean mayBeNew) {
        if (shared.local().isPresent()) {
            Path path = shared.local().get();
            if (mayBeNew && !Files.exists(path.resolve(STATE))) {
                RunFolder.createEmpty(path, RunFolder.DEFAULT_PARENT, "", LocalDateTime.now());
            }
            return new SharedSweep(shared, new SweepFolder(path), Optional.empty());
        }
        TemporaryFolder copy = TemporaryFolder.create("vaelab-sweep");
        SharedSweep sweep = new SharedSweep(shared, new SweepFolder(copy.path()), Optional.of(copy));
        try {
            sweep.fetch();
        } catch (IOException e) {
            copy.close();
            throw new RunFailedException("cannot read " + shared.path() + ": " + FileFailures.reason(e), e);
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
        return sweep;
    }

    private void fetch() throws IOException {
        if (shared.has(STATE)) {
            shared.fetch(STATE, files.state());
            reading(files::stored).runs().forEach(run -> ClusterTrainer.fetch(shared, files.folderOf(run)));
        }
    }

    /** What is wrong with its files is told of where people know them, and not of the copy of this machine. */
    <R> R reading(Supplier<R> reader) {
        try {
            return reader.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(
                            problem.place().replace(files.path().toString(), shared.path()),
                            problem.found(),
                            problem.expected(),
                            problem.advice()))
                    .toList());
        }
    }

    /** What all machines reach. */
    SharedFolder shared() {
        return shared;
    }

    /** What this machine has of it. */
    SweepFolder files() {
        return files;
    }

    /** Whether a sweep was begun there. */
    boolean isBegun() {
        return Files.exists(files.state());
    }

    /** What is wrong where no sweep was begun, and one is to go on. */
    InvalidInputException noSweep() {
        return new InvalidInputException(
                new Problem(shared.path(), "no " + STATE, "the folder of a sweep", "sweep prints where its folder is"));
    }

    /**
     * Goes on only if nothing is in it.
     *
     * @throws InvalidInputException if there is
     */
    void requireUnused() {
        if (shared.local().isPresent()) {
            new RunFolder(files.path()).requireUnused();
            return;
        }
        try {
            if (!shared.files().isEmpty()) {
                throw taken("a folder with files in it");
            }
        } catch (NotDirectoryException e) {
            throw taken("a file");
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + shared.path() + ": " + FileFailures.reason(e), e);
        }
    }

    private InvalidInputException taken(String found) {
        return new InvalidInputException(new Problem(
                "--out " + shared.path(),
                found,
                "a new or empty folder",
                "a run is never overwritten: name another folder"));
    }

    /** Writes the sweep as it is now, with its page. */
    void write(Sweep sweep) {
        files.write(sweep);
        SweepReport.write(sweep, files, Extras.warningOn(System.err));
        if (shared.local().isPresent()) {
            return;
        }
        try {
            shared.put(files.state(), STATE);
            if (Files.exists(files.report())) {
                shared.put(files.report(), files.report().getFileName().toString());
            }
        } catch (IOException e) {
            throw new RunFailedException(
                    "cannot write to " + shared.path() + ": " + FileFailures.reason(e) + "; --out names another folder",
                    e);
        }
    }

    @Override
    public void close() {
        copy.ifPresent(TemporaryFolder::close);
    }
}
