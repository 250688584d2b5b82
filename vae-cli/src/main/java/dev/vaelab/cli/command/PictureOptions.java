package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.report.picture.GridLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How large pictures are, and the rules for where they go. */
final class PictureOptions {
    static final String IMAGE = "--image";

    private static final String ENDING = ".png";

    @Option(
            names = "--scale",
            paramLabel = "N",
            description =
                    "Enlarge images: so many pixels for each of theirs. Default: one for an image by itself, else as many"
                            + " as it takes to see them.")
    private Integer scale;

    /** The factor; nothing if none was given. */
    OptionalInt scale() {
        if (scale == null) {
            return OptionalInt.empty();
        }
        WholeNumber.requireAtLeast(1, "--scale", scale);
        return OptionalInt.of(scale);
    }

    /**
     * Checks a count.
     *
     * @throws InvalidInputException if it is not one of those that are possible
     */
    static void requireCount(int count, int most) {
        if (count < 1 || count > most) {
            throw new InvalidInputException(
                    Problem.of("--count", Integer.toString(count), "a whole number from 1 to " + most));
        }
    }

    /**
     * Checks the name of a picture, whose format it tells.
     *
     * @throws InvalidInputException if it ends in something else than {@code .png}
     */
    static void requirePng(Path image) {
        String name = image.getFileName() == null ? "" : image.getFileName().toString();
        if (!name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            throw new InvalidInputException(new Problem(
                    IMAGE + " " + image,
                    "a name that does not end in " + ENDING,
                    "one that does",
                    "pictures are written as PNG and in no other format"));
        }
    }

    /**
     * Checks the size of a picture.
     *
     * @param advice what makes it smaller
     * @throws InvalidInputException if it would have too many pixels
     */
    static void requireDrawable(GridLayout layout, String advice) {
        if (!layout.isDrawable()) {
            throw new InvalidInputException(new Problem(
                    IMAGE,
                    "a picture of " + layout.width() + " x " + layout.height() + " pixels",
                    "at most " + GridLayout.MOST_PIXELS + " pixels",
                    advice));
        }
    }

    /**
     * Writes a picture; a file of this name is replaced, or left as it was if writing fails.
     *
     * @param option what named the file, for messages
     * @throws InvalidInputException if it cannot be written
     */
    static void write(String option, Path file, byte[] png) {
        try {
            AtomicFiles.write(file, stream -> stream.write(png));
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    option + " " + file,
                    "a file that cannot be written (" + FileFailures.reason(e) + ")",
                    "a folder that can be written to",
                    ""));
        }
    }
}
