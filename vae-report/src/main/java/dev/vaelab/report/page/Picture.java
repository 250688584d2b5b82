package dev.vaelab.report.page;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.report.picture.RunPicture;
import dev.vaelab.report.picture.Traversals;
import dev.vaelab.training.LatentStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A picture of a run, inside the page.
 *
 * @param name of its file, without the ending
 * @param caption what it shows
 * @param source the file as a {@code data:} address
 */
public record Picture(String name, String caption, String source) {
    private static final String ENDING = ".png";

    /** The pictures in a run's {@code images}: those that runs make, then whatever else is there by name. */
    static List<Picture> of(RunFolder run) {
        boolean conditional = isConditional(run);
        List<Picture> pictures = new ArrayList<>();
        for (RunPicture picture : RunPicture.values()) {
            if (Files.isRegularFile(picture.file(run))) {
                pictures.add(
                        new Picture(picture.title(), caption(picture, run, conditional), source(picture.file(run))));
            }
        }
        List<Path> known = Arrays.stream(RunPicture.values())
                .map(picture -> picture.file(run))
                .toList();
        for (Path file : files(run.images())) {
            if (!known.contains(file)) {
                String name = file.getFileName().toString();
                pictures.add(new Picture(name.substring(0, name.length() - ENDING.length()), "", source(file)));
            }
        }
        return pictures;
    }

    /** PNG files by name; none if there is no such folder yet. */
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** A PNG file as a {@code data:} address. */
    static String source(Path file) {
        try {
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean isConditional(RunFolder run) {
        return RegularFiles.isThere(run.config())
                && JsonText.readFile(run.config(), ExperimentConfig.class)
                        .model()
                        .conditional();
    }

    private static String caption(RunPicture picture, RunFolder run, boolean conditional) {
        if (picture != RunPicture.TRAVERSALS || !Files.isRegularFile(run.latent())) {
            return picture.caption(conditional);
        }
        LatentStatistics statistics = JsonText.readFile(run.latent(), LatentStatistics.class);
        return picture.caption(conditional) + " From the top, by their KL: dimension "
                + Traversals.dimensions(statistics).stream()
                        .map(dimension -> Integer.toString(dimension + 1))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static RunFailedException unreadable(Path path, IOException cause) {
        return new RunFailedException("cannot read " + path + ": " + FileFailures.reason(cause), cause);
    }
}
