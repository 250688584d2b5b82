package dev.vaelab.cli.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.training.CheckpointFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * The folder of one run: configuration, provenance, metrics, checkpoints, pictures.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Makes the folder that a person asked for.
     *
     * @param path a folder that is not there yet, or is empty
     * @throws InvalidInputException if there is something, or the folder cannot be made
     */
    public static RunFolder createAt(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> entries = Files.list(path)) {
                    if (entries.findAny().isPresent()) {
                        throw new InvalidInputException(new Problem(
                                "--out " + path,
                                "a folder with files in it",
                                "a new or empty folder",
                                "a run is never overwritten: name another folder"));
                    }
                }
            }
            Files.createDirectories(path);
            return prepare(path);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(Problem.of("--out " + path, "a file", "a new or empty folder"));
        } catch (IOException e) {
            throw cannotCreate(path, e);
        }
    }

    /**
     * Makes a folder of a name that no other run has: the experiment's name and the time.
     *
     * @param parent made if it is not there
     * @throws InvalidInputException if the folder cannot be made
     */
    public static RunFolder createUnder(Path parent, String name, LocalDateTime now) {
        String base = name + "-" + STAMP.format(now);
        try {
            Files.createDirectories(parent);
            for (int attempt = 1; ; attempt++) {
                Path path = parent.resolve(attempt == 1 ? base : base + "-" + attempt);
                try {
                    // createDirectory fails if another process was faster, which is what makes the name ours.
                    return prepare(Files.createDirectory(path));
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

    /** What engines and program had to say. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** Where pictures are. */
    public Path images() {
        return path.resolve("images");
    }

    /** Best and last state. */
    public CheckpointFolder checkpoints() {
        return new CheckpointFolder(path.resolve("checkpoints"));
    }

    /**
     * Writes a text file of the run in one go.
     *
     * @throws RunFailedException if it cannot be written
     */
    public void write(Path file, String text) {
        try {
            AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new RunFailedException("cannot write " + file + ": " + reason(e), e);
        }
    }

    private static RunFolder prepare(Path path) throws IOException {
        Files.createDirectories(path.resolve("checkpoints"));
        Files.createDirectories(path.resolve("images"));
        return new RunFolder(path);
    }

    private static InvalidInputException cannotCreate(Path path, IOException e) {
        return new InvalidInputException(new Problem(
                "output folder " + path, "that it cannot be made (" + reason(e) + ")", "a folder to write to", ""));
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
