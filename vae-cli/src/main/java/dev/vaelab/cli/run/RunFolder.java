package dev.vaelab.cli.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.training.CheckpointFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of one run: configuration, provenance, metrics, checkpoints, pictures.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Makes the folder of a new run.
     *
     * @param asked a folder that is not there yet, or is empty; null for one below {@code parent}
     * @param parent where folders go that nobody asked for
     * @param name what their names begin with; the time follows
     * @throws InvalidInputException if there is something, or the folder cannot be made
     */
    public static RunFolder create(Path asked, Path parent, String name, LocalDateTime now) {
        return makeParts(createEmpty(asked, parent, name, now));
    }

    /**
     * Makes the folders inside a run's folder, and that itself, where they are not there yet.
     *
     * @throws InvalidInputException if they cannot be made
     */
    public static RunFolder makeParts(Path path) {
        try {
            Files.createDirectories(path.resolve("checkpoints"));
            Files.createDirectories(path.resolve("images"));
            return new RunFolder(path);
        } catch (IOException e) {
            throw cannotCreate(path, e);
        }
    }

    /** Makes a folder that holds nothing, by the rules of {@link #create}. */
    public static Path createEmpty(Path asked, Path parent, String name, LocalDateTime now) {
        return asked == null ? createUnder(parent, name + "-" + STAMP.format(now)) : createAt(asked);
    }

    private static Path createAt(Path path) {
        try {
            Files.createDirectories(path);
            try (Stream<Path> entries = Files.list(path)) {
                if (entries.findAny().isPresent()) {
                    throw new InvalidInputException(new Problem(
                            "--out " + path,
                            "a folder with files in it",
                            "a new or empty folder",
                            "a run is never overwritten: name another folder"));
                }
            }
            return path;
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(Problem.of("--out " + path, "a file", "a new or empty folder"));
        } catch (IOException e) {
            throw cannotCreate(path, e);
        }
    }

    private static Path createUnder(Path parent, String base) {
        try {
            Files.createDirectories(parent);
            for (int attempt = 1; ; attempt++) {
                Path path = parent.resolve(attempt == 1 ? base : base + "-" + attempt);
                try {
                    // createDirectory fails if another process was faster, which is what makes the name ours.
                    return Files.createDirectory(path);
                } catch (FileAlreadyExistsException e) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw cannotCreate(parent.resolve(base), e);
        }
    }

    /**
     * Opens the folder of a run that a person names.
     *
     * @throws InvalidInputException if it is not one
     */
    public static RunFolder open(Path path) {
        RunFolder run = new RunFolder(path);
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException(new Problem(
                    path.toString(),
                    Files.exists(path) ? "a file" : "nothing",
                    "the folder of a run",
                    "train prints where its run folder is"));
        }
        if (!Files.exists(run.config())) {
            throw new InvalidInputException(new Problem(
                    path.toString(),
                    "a folder without config.json",
                    "the folder of a run",
                    "train prints where its run folder is"));
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

    /** Best and last state. */
    public CheckpointFolder checkpoints() {
        return new CheckpointFolder(path.resolve("checkpoints"));
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
     * Writes a picture in one go, and makes the folder that it is in.
     *
     * @param png what the file is to hold
     * @throws RunFailedException if it cannot be written; what was there before is intact
     */
    public static void writePicture(Path file, byte[] png) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFiles.write(file, stream -> stream.write(png));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static RunFailedException cannotWrite(Path file, IOException e) {
        return new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
    }

    private static InvalidInputException cannotCreate(Path path, IOException e) {
        return new InvalidInputException(new Problem(
                "output folder " + path,
                "one that cannot be made (" + FileFailures.reason(e) + ")",
                "a folder that can be written to",
                ""));
    }
}
