package dev.vaelab.cli.report;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.cli.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    private static final Map<String, String> CAPTIONS = Map.of(
            "reconstructions", "Test images, each above what the model makes of its posterior mean.",
            "samples", "Images of latents drawn from the prior N(0, I).");

    /** The pictures in a run's {@code images}, by name; none if there is no such folder yet. */
    static List<Picture> of(RunFolder run) {
        if (!Files.isDirectory(run.images())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run.images())) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .map(Picture::read)
                    .toList();
        } catch (IOException e) {
            throw unreadable(run.images(), e);
        }
    }

    private static Picture read(Path file) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ENDING.length());
        try {
            String content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            return new Picture(name, CAPTIONS.getOrDefault(name, ""), "data:image/png;base64," + content);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static RunFailedException unreadable(Path path, IOException cause) {
        return new RunFailedException("cannot read " + path + ": " + FileFailures.reason(cause), cause);
    }
}
