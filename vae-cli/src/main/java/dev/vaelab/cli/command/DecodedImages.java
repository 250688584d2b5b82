package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.picture.GridLayout;
import dev.vaelab.report.picture.ImageGrid;
import dev.vaelab.report.picture.SingleImage;
import dev.vaelab.training.ModelImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that decodes latents, and how their images are written: all in one picture, or a file each. */
final class DecodedImages {
    /** Images that are decoded at once. */
    private static final int BATCH = 100;

    private static final int MOST_IN_A_PICTURE = 10_000;
    private static final int MOST_FILES = 1_000_000;
    private static final String SEPARATE = "--separate";

    /** Where images go. */
    static final class Destination {
        @Option(
                names = PictureOptions.IMAGE,
                required = true,
                paramLabel = "FILE.png",
                description = "The picture to write; an image by itself has its own size.")
        private Path image;

        @Option(
                names = SEPARATE,
                required = true,
                paramLabel = "DIR",
                description = "A new or empty folder for a file of each image, in its own size: image-1.png and so on.")
        private Path folder;
    }

    @ArgGroup(multiplicity = "1")
    private Destination destination;

    @Mixin
    private PictureOptions picture;

    /**
     * What {@code --json} prints; what does not apply is left out.
     *
     * @param image the picture
     * @param folder the folder of the single images
     * @param images how many there are
     * @param rows of the picture
     * @param columns of the picture
     * @param seed of the latents
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Written(String image, String folder, int images, Integer rows, Integer columns, Long seed) {}

    /**
     * Checks what can be checked before a model is there.
     *
     * @throws InvalidInputException if pictures cannot be written so
     */
    void check() {
        if (destination.image != null) {
            PictureOptions.requirePng(destination.image);
        } else {
            requireNothingIn(destination.folder);
        }
        picture.scale();
    }

    /** How many images there may be. */
    int most() {
        return destination.image != null ? MOST_IN_A_PICTURE : MOST_FILES;
    }

    /**
     * Checks that images of a shape can be written so.
     *
     * @throws InvalidInputException if the picture would be too large
     */
    void requireDrawable(ImageShape shape, int count) {
        PictureOptions.requireDrawable(
                destination.image != null && count > 1
                        ? layout(shape, count)
                        : GridLayout.square(
                                shape, 1, OptionalInt.of(picture.scale().orElse(1))),
                destination.image != null && count > 1
                        ? "a smaller --count or --scale, or " + SEPARATE + " DIR"
                        : "a smaller --scale");
    }

    /**
     * Decodes latents, writes their images, and says where they are.
     *
     * @param count how many
     * @param next gives the next latents, as many as it is asked for
     * @param seed of the latents, for {@code --json}; null if they are not drawn
     */
    void write(VaeModel<?> model, int count, IntFunction<float[]> next, Long seed, boolean json, PrintWriter output) {
        Written written = destination.image != null
                ? writePicture(model, count, next, seed)
                : writeFiles(model, count, next, seed);
        if (json) {
            output.println(JsonText.line(written));
        } else {
            output.println(VisibleText.line(
                    written.image() != null
                            ? "picture: " + written.image()
                            : "folder: " + written.folder() + " (" + count + (count == 1 ? " image)" : " images)")));
        }
        output.flush();
    }

    private GridLayout layout(ImageShape shape, int count) {
        return GridLayout.square(shape, count, picture.scale());
    }

    private Written writePicture(VaeModel<?> model, int count, IntFunction<float[]> next, Long seed) {
        ImageShape shape = model.architecture().image();
        GridLayout layout = layout(shape, count);
        if (count == 1) {
            PictureOptions.write(
                    PictureOptions.IMAGE,
                    destination.image,
                    SingleImage.png(
                            shape,
                            ModelImages.decode(model, next.apply(1)),
                            0,
                            picture.scale().orElse(1)));
        } else {
            ImageGrid grid = ImageGrid.empty(layout);
            for (int from = 0; from < count; from += BATCH) {
                grid.draw(from, ModelImages.decode(model, next.apply(Math.min(BATCH, count - from))));
            }
            PictureOptions.write(PictureOptions.IMAGE, destination.image, grid.png());
        }
        return new Written(destination.image.toString(), null, count, layout.rows(), layout.columns(), seed);
    }

    private Written writeFiles(VaeModel<?> model, int count, IntFunction<float[]> next, Long seed) {
        Path folder = destination.folder;
        makeFolder(folder);
        ImageShape shape = model.architecture().image();
        String name = "image-%0" + Integer.toString(count).length() + "d.png";
        for (int from = 0; from < count; from += BATCH) {
            int images = Math.min(BATCH, count - from);
            float[] pixels = ModelImages.decode(model, next.apply(images));
            for (int image = 0; image < images; image++) {
                Path file = folder.resolve(String.format(Locale.ROOT, name, from + image + 1));
                byte[] png =
                        SingleImage.png(shape, pixels, image, picture.scale().orElse(1));
                try {
                    AtomicFiles.write(file, stream -> stream.write(png));
                } catch (IOException e) {
                    throw new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
                }
            }
        }
        return new Written(null, folder.toString(), count, null, null, seed);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw wrongFolder(folder, "a file in the way");
        } catch (IOException e) {
            throw wrongFolder(folder, "a folder that cannot be made (" + FileFailures.reason(e) + ")");
        }
        requireNothingIn(folder);
    }

    /** Images of two calls in one folder would be taken for those of one. */
    private static void requireNothingIn(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw wrongFolder(folder, "a file");
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw wrongFolder(folder, "a folder with files in it");
            }
        } catch (IOException e) {
            throw wrongFolder(folder, "a folder that cannot be read (" + FileFailures.reason(e) + ")");
        }
    }

    private static InvalidInputException wrongFolder(Path folder, String found) {
        return new InvalidInputException(Problem.of(SEPARATE + " " + folder, found, "a new or empty folder"));
    }
}
