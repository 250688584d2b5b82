package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.testkit.fuzz.ByteMutation;
import dev.vaelab.testkit.fuzz.FuzzInput;
import dev.vaelab.testkit.fuzz.Fuzzing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Fuzzing.TAG)
@DisplayName("Data that are damaged anywhere are read or refused:")
class DamagedDataFuzzTest {
    @TempDir
    private Path path;

    @Test
    @DisplayName("IDX files, compressed or not")
    void idx() throws IOException {
        IdxFolder folder = IdxFolder.create(Files.createDirectory(path.resolve("digits")));
        DatasetConfig config = new DatasetConfig("idx", folder.path().toString(), null, null, 1, null, null, null);
        Fuzzing.of("idx")
                .seed(IdxFolder.TRAINING_IMAGES, IdxFolder.images(5, 2, 3))
                .seed(IdxFolder.TRAINING_IMAGES, IdxFolder.gzip(IdxFolder.images(5, 2, 3)))
                .seed(IdxFolder.TEST_IMAGES, IdxFolder.images(3, 2, 3))
                .seed(IdxFolder.TRAINING_LABELS, IdxFolder.labels(5))
                .seed(IdxFolder.TEST_LABELS, IdxFolder.gzip(IdxFolder.labels(3)))
                .mutations(ByteMutation.values())
                .rounds(5000)
                .run(input -> {
                    IdxFolder.create(folder.path());
                    folder.put(input.name(), input.content());
                    openOrRefuse(new IdxFolderProvider(), config);
                });
    }

    @Test
    @DisplayName("pictures, in every form that is read")
    void pictures() throws IOException {
        Pictures folder = new Pictures(Files.createDirectory(path.resolve("pets")));
        folder.put("a.png", Pictures.grey(4, 4, 1)).put("b.png", Pictures.grey(4, 4, 2));
        DatasetConfig config =
                new DatasetConfig("images", folder.folder().toString(), List.of(4, 4), null, 1, null, null, null);
        BufferedImage transparent = new BufferedImage(9, 7, BufferedImage.TYPE_4BYTE_ABGR);
        transparent.setRGB(3, 3, 0x80ff8040);
        Fuzzing.of("pictures")
                .seed("c.png", Pictures.png(Pictures.pattern(12, 9)))
                .seed("c.png", Pictures.png(Pictures.rgb(5, 6, 200, 100, 50)))
                .seed("c.png", Pictures.png(transparent))
                .seed("c.png", Pictures.png(new BufferedImage(7, 7, BufferedImage.TYPE_BYTE_INDEXED)))
                .seed("c.png", Pictures.png(new BufferedImage(17, 3, BufferedImage.TYPE_BYTE_BINARY)))
                .seed("c.png", Pictures.png(new BufferedImage(6, 5, BufferedImage.TYPE_USHORT_GRAY)))
                .seed("c.png", progressive("png", Pictures.pattern(12, 9)))
                .seed("c.jpg", Pictures.jpeg(Pictures.pattern(16, 24)))
                .seed("c.jpg", Pictures.jpeg(Pictures.rgb(10, 10, 200, 100, 50)))
                .seed("c.jpg", progressive("jpeg", Pictures.rgb(20, 10, 1, 2, 250)))
                .mutations(ByteMutation.values())
                .rounds(1500)
                .run(input -> {
                    folder.put(input.name(), input.content());
                    openOrRefuse(new ImageFolderProvider(), config);
                    Files.delete(folder.folder().resolve(input.name()));
                });
    }

    @Test
    @DisplayName("folders with names of any bytes, of which none is lost and no class merged")
    void names() throws IOException {
        byte[] picture = Pictures.png(Pictures.grey(2, 2, 9));
        List<byte[]> names = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int name = 0; name < 12; name++) {
            byte[] bytes = new byte[2 + name % 3];
            random.nextBytes(bytes);
            names.add(bytes);
        }
        Fuzzing.of("names")
                .seed("names", list(names, ".png"))
                .seed(
                        "names",
                        "\u72ac/\u732b.png\0\ud83d\ude00.png\0\uff01.png\0caf\u00e9.png\0a.PNG\0b.jpeg\0c.png"
                                .getBytes(StandardCharsets.UTF_8))
                .seed(
                        "names",
                        "train/a/1.png\0train/b/1.png\0test/a/1.png\0test/c/2.png\0train/a/2.png"
                                .getBytes(StandardCharsets.UTF_8))
                .mutations(ByteMutation.values())
                .rounds(400)
                .run(input -> namesAreKept(input, picture));
    }

    private void namesAreKept(FuzzInput input, byte[] picture) throws IOException {
        Path folder = Files.createTempDirectory(path, "names");
        TreeSet<String> written = new TreeSet<>();
        for (String name : names(input.content())) {
            try {
                Path file = Path.of(URI.create(folder.toUri() + name));
                Files.createDirectories(file.getParent());
                Files.write(file, picture);
                written.add(name);
            } catch (FileSystemException e) {
                // Too long, a file where a folder should be, or no name that this file system has.
            }
        }
        DatasetConfig config = new DatasetConfig("images", folder.toString(), null, null, 1, null, null, null);
        Optional<Dataset> dataset = openOrRefuse(new ImageFolderProvider(), config);
        dataset.ifPresent(images -> {
            boolean divided = Files.isDirectory(folder.resolve("train"));
            List<String> expected = written.stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).matches("(?s).*\\.(png|jpe?g)"))
                    .filter(name -> Stream.of(name.split("/")).noneMatch(part -> part.startsWith(".")))
                    .filter(name -> !divided || name.startsWith("train/") || name.startsWith("test/"))
                    .toList();
            assertEquals(
                    expected.size(), images.training().count() + images.test().count());
            int depth = divided ? 1 : 0;
            long classes = expected.stream()
                    .map(name -> name.split("/"))
                    .filter(parts -> parts.length > depth + 1)
                    .map(parts -> parts[depth])
                    .distinct()
                    .count();
            assertEquals(classes, images.classNames().size());
        });
        try (Stream<Path> parts = Files.walk(folder)) {
            parts.sorted(Comparator.reverseOrder()).forEach(DamagedDataFuzzTest::delete);
        }
    }

    /** Names as a URI has them, of bytes with null bytes between them. */
    private static List<String> names(byte[] list) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (byte next : Arrays.copyOf(list, list.length + 1)) {
            if (next == 0) {
                String sound = name.toString().replaceAll("/+", "/").replaceAll("^/|/$", "");
                if (!sound.isEmpty() && Stream.of(sound.split("/")).noneMatch(part -> part.matches("\\.\\.?"))) {
                    names.add(sound);
                }
                name.setLength(0);
            } else if (next == '/' || next == '.' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z') {
                name.append((char) next);
            } else {
                name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(next));
            }
        }
        return names;
    }

    private static byte[] list(List<byte[]> names, String suffix) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (byte[] name : names) {
            list.writeBytes(name);
            list.writeBytes(suffix.getBytes(StandardCharsets.US_ASCII));
            list.write(0);
        }
        return list.toByteArray();
    }

    private static Optional<Dataset> openOrRefuse(DatasetProvider provider, DatasetConfig config) {
        try {
            Dataset dataset = provider.open(config);
            float[] pixels = new float[dataset.test().shape().size()];
            dataset.test().copyPixels(dataset.test().count() - 1, pixels, 0);
            for (float pixel : pixels) {
                assertTrue(pixel >= 0 && pixel <= 1);
            }
            return Optional.of(dataset);
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                assertFalse(problem.place().isEmpty() || problem.found().isEmpty(), e::getMessage);
                assertFalse(problem.found().contains("java."), e::getMessage);
            }
            return Optional.empty();
        }
    }

    /** In several passes, as pages of the web have pictures. */
    private static byte[] progressive(String format, BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(content)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return content.toByteArray();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
