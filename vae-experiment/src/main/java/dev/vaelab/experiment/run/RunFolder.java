package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.training.CheckpointFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/**
 * The folder of one run: configuration, provenance, metrics, checkpoints, pictures. A folder with a {@code config.json} is a run.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    /** Where run folders go that nobody asked for. */
    public static final Path DEFAULT_PARENT = Path.of("runs");

    /** What a process locks that does the runs of a sweep, in the folder of the sweep. */
    static final String SWEEP_LOCK = "sweep.lock";

    /** The name of the lock of a comparison. */
    static final String COMPARISON_LOCK = "comparison.lock";

    private static final String LOCK = "run.lock";

    /**
     * Makes the folder of a new run; whoever trains in it takes its lock and then calls {@link #requireUnused()}.
     *
     * @param asked a folder that is not there yet, or is empty; null for one below {@code parent}
     * @param parent where folders go that nobody asked for, {@link #DEFAULT_PARENT} for people
     * @param name what their names begin with; the time follows
     * @throws InvalidInputException if there is something, or a file in the way
     * @throws RunFailedException if the system does not let the folder be made
     */
    public static RunFolder create(Path asked, Path parent, String name, LocalDateTime now) {
        return new RunFolder(NewFolder.make(asked, parent, name, now, RunFolder::isOfAStart));
    }

    /**
     * Makes the folder of a run with that of its checkpoints, where they are not there yet.
     *
     * @throws InvalidInputException if there is a file in the way
     * @throws RunFailedException if the system does not let them be made
     */
    public static RunFolder makeParts(Path path) {
        try {
            Files.createDirectories(path.resolve("checkpoints"));
            return new RunFolder(path);
        } catch (IOException e) {
            throw NewFolder.cannotMake(path, e);
        }
    }

    /** Makes a folder for several runs, by the rules of {@link #create}. */
    public static Path createEmpty(Path asked, Path parent, String name, LocalDateTime now) {
        return NewFolder.make(asked, parent, name, now, RunFolder::isOfAStart);
    }

    /** What a process leaves that is killed before it has written the configuration. */
    private static boolean isOfAStart(Path entry) {
        return List.of(LOCK, SWEEP_LOCK, COMPARISON_LOCK)
                        .contains(entry.getFileName().toString())
                || AtomicFiles.isTemporary(entry);
    }

    /**
     * Checks under its lock that nobody else has begun a run in this folder since it was made.
     *
     * @throws InvalidInputException if somebody has
     */
    public void requireUnused() {
        NewFolder.requireNothingBut(RunFolder::isOfAStart, path);
    }

    /**
     * Writes the configuration, which makes the folder a run, and makes the folder of the checkpoints; removes what processes that were
     * killed have left of files that they were writing.
     *
     * @param configuration the resolved experiment
     * @throws RunFailedException if the folder cannot be written to
     * @throws InvalidInputException if there is something else in the place of that folder
     */
    public void prepare(String configuration) {
        writeText(config(), configuration);
        makeParts(path);
        try {
            for (Path folder : List.of(path, checkpointsPath(), images(), epochImages(), estimates())) {
                // Pictures are extras: what stands in the way of theirs must not stop a training.
                if (Files.isDirectory(folder)) {
                    AtomicFiles.removeTemporary(folder);
                }
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot write to " + path + ": " + FileFailures.reason(e), e);
        }
    }

    /**
     * Does what comes before the first step of a new run, as the loading of its engine. If that cannot be, nothing will come of the run:
     * what was written is removed, and the folder with it if that leaves nothing there.
     *
     * @param made whether the folder was made for the run, rather than found empty
     */
    public void begin(boolean made, Runnable loading) {
        try {
            loading.run();
        } catch (RunFailedException | LinkageError e) {
            abandon(made);
            throw e;
        }
    }

    private void abandon(boolean made) {
        try {
            for (Path part : List.of(config(), log(), lock(), checkpointsPath())) {
                Files.deleteIfExists(part);
            }
            if (made) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It stays. Why nothing came of the training is what counts.
        }
    }

    /**
     * Opens the folder of a run that a person names; by the link {@link LatestRun} as itself.
     *
     * @throws InvalidInputException if it is not one
     */
    public static RunFolder open(Path named) {
        Path path = LatestRun.resolve(named);
        RunFolder run = new RunFolder(path);
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException(new Problem(
                    path.toString(),
                    Files.exists(path) ? "a file" : "nothing",
                    "the folder of a run",
                    "train prints where its run folder is"));
        }
        if (!RegularFiles.isThere(run.config())) {
            throw new InvalidInputException(new Problem(
                    path.toString(),
                    "a folder without config.json",
                    "the folder of a run",
                    Files.exists(run.lock())
                            ? "its training was ended before it began: start it again with train CONFIG --out " + path
                            : "train prints where its run folder is"));
        }
        return run;
    }

    /** The resolved experiment. */
    public Path config() {
        return path.resolve("config.json");
    }

    /** Versions, engine, machine, data. */
    public Path provenance() {
        return path.resolve("provenance.json");
    }

    /** What is known of the images: their shape, their classes, where they were. */
    public Path dataset() {
        return path.resolve("dataset.json");
    }

    /** One JSON object per epoch. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** The figures of the best epoch on the test images, once the run is done. */
    public Path result() {
        return path.resolve("result.json");
    }

    /** How the best epoch's model uses its latent dimensions, once the run is done. */
    public Path latent() {
        return path.resolve("latent.json");
    }

    /** Where the best epoch's model places test images, in two dimensions, once the run is done. */
    public Path latentMap() {
        return path.resolve("latent-map.json");
    }

    /** The test images that the map shows, small. */
    public Path latentMapThumbnails() {
        return path.resolve("latent-map.png");
    }

    /** Where estimates of the likelihood, and of where the KL goes, are, once there are some. */
    public Path estimates() {
        return path.resolve("estimates");
    }

    /** All of it as a page. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** What engines and program had to say. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** Where pictures are. */
    public Path images() {
        return path.resolve("images");
    }

    /** Where pictures of the single epochs are, once there are some. */
    public Path epochImages() {
        return images().resolve("epochs");
    }

    /** The samples after an epoch, counted from 1; their names sort by epoch up to epoch 999. */
    public Path epochSamples(int epoch) {
        return epochImages().resolve(String.format(Locale.ROOT, "samples-%03d.png", epoch));
    }

    /** Where event files for TensorBoard are, if they were asked for. */
    public Path tensorboard() {
        return path.resolve("tensorboard");
    }

    /** Where the run is recorded for MLflow, if that was asked for. */
    public Path mlflow() {
        return path.resolve("mlflow.json");
    }

    /** Best and last state. */
    public CheckpointFolder checkpoints() {
        return new CheckpointFolder(checkpointsPath());
    }

    private Path checkpointsPath() {
        return path.resolve("checkpoints");
    }

    /** What {@link RunLock} locks. */
    public Path lock() {
        return path.resolve(LOCK);
    }

    /**
     * Writes a text file in one go.
     *
     * @throws RunFailedException if it cannot be written; what was there before is intact
     */
    public static void writeText(Path file, String text) {
        try {
            AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Writes a picture of the run in one go, and makes the folder that it is in: not that of the run, which somebody may have renamed
     * by now.
     *
     * @param file one of those that this class names, or below {@link #images()}
     * @param png what the file is to hold
     * @throws RunFailedException if it cannot be written; what was there before is intact
     */
    public void writePicture(Path file, byte[] png) {
        try {
            for (Path folder : List.of(images(), epochImages())) {
                if (file.startsWith(folder) && !Files.isDirectory(folder)) {
                    Files.createDirectory(folder);
                }
            }
            AtomicFiles.write(file, stream -> stream.write(png));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static RunFailedException cannotWrite(Path file, IOException e) {
        return new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
    }
}
