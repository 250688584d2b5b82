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
import dev.vaelab.experiment.encoding.Latents;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
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
                description =
                        "A new or empty folder for a file of each image, in its own size: image-1.png and so on; of a conditional"
                                + " model in a folder for each label, as data sets of pictures have them.")
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
     * @param labels of the images, each once
     * @param seed of the latents
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Written(
            String image,
            String folder,
            int images,
            Integer rows,
            Integer columns,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> labels,
            Long seed) {}

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
     * @param columns of the picture; nothing for one that is as square as it goes
     * @throws InvalidInputException if the picture would be too large
     */
    void requireDrawable(ImageShape shape, int count, OptionalInt columns) {
        PictureOptions.requireDrawable(
                destination.image != null && count > 1
                        ? layout(shape, count, columns)
                        : GridLayout.square(
                                shape, 1, OptionalInt.of(picture.scale().orElse(1))),
                destination.image != null && count > 1
                        ? "a smaller --count or --scale, or " + SEPARATE + " DIR"
                        : "a smaller --scale");
    }

    /**
     * Decodes latents, writes their images, and says where they are.
     *
     * @param latents at least one
     * @param columns of the picture; nothing for one that is as square as it goes
     * @param seed of the latents, for {@code --json}; null if they are not drawn
     */
    void write(VaeModel<?> model, Latents latents, OptionalInt columns, Long seed, boolean json, PrintWriter output) {
        int count = latents.count();
        Written written = destination.image != null
                ? writePicture(model, latents, columns, seed)
                : writeFiles(model, latents, seed);
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

    private GridLayout layout(ImageShape shape, int count, OptionalInt columns) {
        return columns.isPresent()
                ? GridLayout.inColumns(shape, count, columns.getAsInt(), picture.scale())
                : GridLayout.square(shape, count, picture.scale());
    }

    private static float[] decode(VaeModel<?> model, Latents latents) {
        return ModelImages.decode(model, latents.values(), latents.labels());
    }

    private static List<Integer> labels(Latents latents) {
        return Arrays.stream(latents.labels()).distinct().boxed().toList();
    }

    private Written writePicture(VaeModel<?> model, Latents latents, OptionalInt columns, Long seed) {
        int count = latents.count();
        ImageShape shape = model.architecture().image();
        GridLayout layout = layout(shape, count, columns);
        if (count == 1) {
            PictureOptions.write(
                    PictureOptions.IMAGE,
                    destination.image,
                    SingleImage.png(
                            shape, decode(model, latents), 0, picture.scale().orElse(1)));
        } else {
            ImageGrid grid = ImageGrid.empty(layout);
            for (int from = 0; from < count; from += BATCH) {
                grid.draw(from, decode(model, latents.stretch(from, Math.min(BATCH, count - from))));
            }
            PictureOptions.write(PictureOptions.IMAGE, destination.image, grid.png());
        }
        return new Written(
                destination.image.toString(), null, count, layout.rows(), layout.columns(), labels(latents), seed);
    }

    private Written writeFiles(VaeModel<?> model, Latents latents, Long seed) {
        int count = latents.count();
        Path folder = destination.folder;
        makeFolder(folder);
        List<Path> folders = classFolders(folder, model.architecture().classes());
        labels(latents).forEach(label -> makeFolder(folders.get(label)));
        ImageShape shape = model.architecture().image();
        String name = "image-%0" + Integer.toString(count).length() + "d.png";
        for (int from = 0; from < count; from += BATCH) {
            int images = Math.min(BATCH, count - from);
            Latents stretch = latents.stretch(from, images);
            float[] pixels = decode(model, stretch);
            for (int image = 0; image < images; image++) {
                Path place = folders.isEmpty() ? folder : folders.get(stretch.labels()[image]);
                Path file = place.resolve(String.format(Locale.ROOT, name, from + image + 1));
                byte[] png =
                        SingleImage.png(shape, pixels, image, picture.scale().orElse(1));
                try {
                    AtomicFiles.write(file, stream -> stream.write(png));
                } catch (IOException e) {
                    throw new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
                }
            }
        }
        return new Written(null, folder.toString(), count, null, null, labels(latents), seed);
    }

    /** One for each label, whose names are in the order of the labels. */
    private static List<Path> classFolders(Path folder, int classes) {
        String name = "%0" + Integer.toString(Math.max(0, classes - 1)).length() + "d";
        return IntStream.range(0, classes)
                .mapToObj(label -> folder.resolve(String.format(Locale.ROOT, name, label)))
                .toList();
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
