package dev.vaelab.experiment.estimate;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Fingerprint;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The files of a run's estimates: one for each stamp, so that estimates at work side by side are not in each other's way. */
final class EstimateFiles {
    /** Of what is finished. */
    private static final String FINISHED = ".json";

    /** Of the values image by image. */
    private static final String IMAGES = ".images.json";

    private static final String ADVICE = "without the file, evaluate estimates anew what it was to hold";

    private EstimateFiles() {}

    /** Where a finished estimate is. */
    static Path finished(RunFolder run, EstimateStamp stamp) {
        return run.estimates().resolve(stamp.fileName() + FINISHED);
    }

    /**
     * Where a finished estimate is, of several under one stamp.
     *
     * @param told what tells it from the others
     */
    static Path finished(RunFolder run, EstimateStamp stamp, String told) {
        return run.estimates().resolve(stamp.fileName() + "-" + told + FINISHED);
    }

    /** Where the values of an estimate are, image by image. */
    static Path images(RunFolder run, EstimateStamp stamp) {
        return run.estimates().resolve(stamp.fileName() + IMAGES);
    }

    /**
     * Makes the folder of the estimates, if it is not there.
     *
     * @throws RunFailedException if it cannot be made
     */
    static void makeFolder(RunFolder run) {
        Path folder = run.estimates();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot make " + folder + ": " + FileFailures.reason(e), e);
        }
    }

    /**
     * The estimate that a file keeps; nothing if there is none under the stamp. Other files may be damaged.
     *
     * @throws InvalidInputException if this one is damaged
     */
    static <V extends Record> Optional<V> find(
            Path file, Class<V> type, Function<V, EstimateStamp> stamp, EstimateStamp expected) {
        return Optional.of(file)
                .filter(RegularFiles::isThere)
                .map(there -> JsonText.readFile(there, type, ADVICE))
                .filter(figures -> stamp.apply(figures).equals(expected));
    }

    /**
     * The finished estimates of a kind, of the weights that are the best ones of the run now, in the order of their conditions.
     *
     * @param type what their files hold
     * @throws InvalidInputException if a file is damaged
     */
    static <V extends Record> List<V> read(
            RunFolder run, EstimateStamp.Kind kind, Class<V> type, Function<V, EstimateStamp> stamp) {
        Path best = run.checkpoints().best();
        List<Path> files = Files.isDirectory(run.estimates()) && RegularFiles.isThere(best)
                ? files(run.estimates(), kind)
                : List.of();
        if (files.isEmpty()) {
            return List.of();
        }
        String weights = Fingerprint.of(best);
        return files.stream()
                .map(file -> JsonText.readFile(file, type, ADVICE))
                .filter(figures -> stamp.apply(figures).weights().equals(weights))
                .sorted(Comparator.comparing(figures -> stamp.apply(figures).conditions()))
                .toList();
    }

    private static List<Path> files(Path folder, EstimateStamp.Kind kind) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind + "-")
                            && file.toString().endsWith(FINISHED)
                            && !file.toString().endsWith(IMAGES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    folder.toString(),
                    "a folder that cannot be read (" + FileFailures.reason(e) + ")",
                    "the estimates of a run"));
        }
    }
}
