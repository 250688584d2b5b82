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
import java.util.ArrayList;
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
     * What the files of a kind hold.
     *
     * @param figures of the files that can be read
     * @param damaged what is wrong with the others
     */
    record Found<V extends Record>(List<V> figures, List<Problem> damaged) {
        /** Copies the lists. */
        Found {
            figures = List.copyOf(figures);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * The finished estimates of a kind, of the weights that are the best ones of the run now, in the order of their conditions. A file
     * that is damaged takes nothing from the others.
     *
     * @param type what their files hold
     * @throws InvalidInputException if the folder of the estimates cannot be read
     */
    static <V extends Record> Found<V> read(
            RunFolder run, EstimateStamp.Kind kind, Class<V> type, Function<V, EstimateStamp> stamp) {
        Path best = run.checkpoints().best();
        List<Path> files = Files.isDirectory(run.estimates()) && RegularFiles.isThere(best)
                ? files(run.estimates(), kind)
                : List.of();
        if (files.isEmpty()) {
            return new Found<>(List.of(), List.of());
        }
        String weights = Fingerprint.of(best);
        List<V> figures = new ArrayList<>();
        List<Problem> damaged = new ArrayList<>();
        for (Path file : files) {
            try {
                V read = JsonText.readFile(file, type, ADVICE);
                if (stamp.apply(read).weights().equals(weights)) {
                    figures.add(read);
                }
            } catch (InvalidInputException e) {
                damaged.addAll(e.problems());
            }
        }
        figures.sort(Comparator.comparing(read -> stamp.apply(read).conditions()));
        return new Found<>(figures, damaged);
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
