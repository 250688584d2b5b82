package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A folder of pictures")
class ImageFolderProviderTest {
    private static final byte[] NO_PICTURE = "this is text".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path path;

    private Pictures pictures;

    @BeforeEach
    void createFolder() throws IOException {
        pictures = new Pictures(Files.createDirectory(path.resolve("pets")));
    }

    @Nested
    @DisplayName("without train and test")
    class Undivided {
        @Test
        @DisplayName("gives a tenth of its pictures, rounded up, to test on and the others to train on")
        void tenth() throws IOException {
            for (int count : new int[] {3, 10, 11, 30}) {
                shades(count);
                Dataset dataset = open();
                assertEquals((count + 9) / 10, dataset.test().count());
                assertEquals(count - dataset.test().count(), dataset.training().count());
                int[] all = IntStream.concat(
                                Arrays.stream(shades(dataset.training())), Arrays.stream(shades(dataset.test())))
                        .sorted()
                        .toArray();
                assertArrayEquals(IntStream.range(0, count).toArray(), all);
            }
        }

        @Test
        @DisplayName("gives the pictures to train on in the order of their names")
        void trainingInOrder() throws IOException {
            shades(30);
            int[] training = shades(open().training());
            assertArrayEquals(Arrays.stream(training).sorted().toArray(), training);
        }

        @Test
        @DisplayName("gives the same pictures to test on wherever it is and however its pictures change")
        void sameTest() throws IOException {
            shades(30);
            assertArrayEquals(new int[] {19, 27, 15}, shades(open().test()));
            Pictures other = new Pictures(Files.createDirectory(path.resolve("others")));
            for (int shade = 0; shade < 30; shade++) {
                other.put(name(shade), Pictures.grey(4, 4, shade + 100));
            }
            assertArrayEquals(
                    new int[] {119, 127, 115},
                    shades(open(config(other.folder())).test()));
        }

        @Test
        @DisplayName("gives every picture the label 0 if there are no class folders")
        void oneClass() throws IOException {
            shades(5);
            assertArrayEquals(new int[4], labels(open().training()));
            assertArrayEquals(new int[1], labels(open().test()));
        }

        @Test
        @DisplayName("numbers its class folders in the order of their names; what is deeper belongs to the class")
        void classes() throws IOException {
            for (int index = 0; index < 10; index++) {
                pictures.put("dog/" + index + ".png", Pictures.grey(1, 1, 1));
                pictures.put("cat/young/" + index + ".png", Pictures.grey(1, 1, 0));
                pictures.put("mouse/a/b/c/" + index + ".png", Pictures.grey(1, 1, 2));
            }
            Dataset dataset = open();
            assertArrayEquals(shades(dataset.training()), labels(dataset.training()));
            assertArrayEquals(shades(dataset.test()), labels(dataset.test()));
        }

        @Test
        @DisplayName("may have 256 classes, and not more")
        void manyClasses() throws IOException {
            for (int index = 0; index < 256; index++) {
                pictures.put("class" + (index + 100) + "/a.png", Pictures.grey(1, 1, index));
            }
            assertArrayEquals(shades(open().training()), labels(open().training()));
            pictures.put("class356/a.png", Pictures.grey(1, 1, 0));
            assertProblems(
                    "dataset.path: found 257 class folders in FOLDER, expected at most 256; put all pictures into"
                            + " one folder if their classes do not matter");
        }
    }

    @Nested
    @DisplayName("with train and test")
    class Divided {
        @Test
        @DisplayName("gives the pictures of either, those to test on in an order that mixes the classes")
        void parts() throws IOException {
            for (int index = 0; index < 4; index++) {
                pictures.put("train/cat/" + index + ".png", Pictures.grey(1, 1, index));
                pictures.put("train/dog/" + index + ".png", Pictures.grey(1, 1, 10 + index));
                pictures.put("test/cat/" + index + ".png", Pictures.grey(1, 1, 20 + index));
                pictures.put("test/dog/" + index + ".png", Pictures.grey(1, 1, 30 + index));
            }
            Dataset dataset = open();
            assertEquals("pets", dataset.name());
            assertArrayEquals(new int[] {0, 1, 2, 3, 10, 11, 12, 13}, shades(dataset.training()));
            assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1}, labels(dataset.training()));
            assertArrayEquals(new int[] {21, 20, 32, 30, 22, 33, 23, 31}, shades(dataset.test()));
            assertArrayEquals(new int[] {0, 0, 1, 1, 0, 1, 0, 1}, labels(dataset.test()));
        }

        @Test
        @DisplayName("gives a class that only one of them has a number too")
        void classesOfBoth() throws IOException {
            pictures.put("train/cat/a.png", Pictures.grey(1, 1, 1));
            pictures.put("train/mouse/a.png", Pictures.grey(1, 1, 3));
            pictures.put("test/ant/a.png", Pictures.grey(1, 1, 0));
            pictures.put("test/dog/a.png", Pictures.grey(1, 1, 2));
            Dataset dataset = open();
            assertArrayEquals(new int[] {1, 3}, labels(dataset.training()));
            assertArrayEquals(shades(dataset.test()), labels(dataset.test()));
        }

        @Test
        @DisplayName("may have no class folders, and pictures elsewhere that are not read")
        void noClasses() throws IOException {
            pictures.put("train/a.png", Pictures.grey(1, 1, 1));
            pictures.put("test/a.png", Pictures.grey(1, 1, 2));
            pictures.put("unsorted/a.png", NO_PICTURE);
            pictures.put("cover.png", NO_PICTURE);
            assertArrayEquals(new int[] {1}, shades(open().training()));
            assertArrayEquals(new int[] {0}, labels(open().training()));
            assertArrayEquals(new int[] {2}, shades(open().test()));
        }

        @Test
        @DisplayName("needs a picture in each")
        void empty() throws IOException {
            Files.createDirectories(pictures.folder().resolve("train/cat"));
            Files.createDirectory(pictures.folder().resolve("test"));
            pictures.put("test/notes.txt", NO_PICTURE);
            assertProblems(
                    "dataset.path: found 0 pictures in FOLDER/train, expected at least 1; pictures have names that end in"
                            + " .png, .jpg or .jpeg",
                    "dataset.path: found 0 pictures in FOLDER/test, expected at least 1; pictures have names that end in"
                            + " .png, .jpg or .jpeg");
        }

        @ParameterizedTest
        @CsvSource({"train, test", "test, train"})
        @DisplayName("needs both")
        void onlyOne(String present, String absent) throws IOException {
            pictures.put(present + "/a.png", Pictures.grey(1, 1, 1));
            pictures.put("val/a.png", Pictures.grey(1, 1, 1));
            assertProblems("dataset.path: found FOLDER with a folder " + present + " but no folder " + absent
                    + ", expected both or neither; name FOLDER/" + present
                    + " to have a tenth of it tested on, or rename the folder if it is a class of pictures");
        }
    }

    @Nested
    @DisplayName("is searched for")
    class Search {
        @Test
        @DisplayName("PNG and JPEG files, in whatever case their names are, and for nothing else")
        void names() throws IOException {
            pictures.put("a.png", Pictures.grey(8, 8, 9));
            pictures.put("b.PNG", Pictures.grey(8, 8, 9));
            pictures.put("c.jpg", Pictures.jpeg(Pictures.grey(8, 8, 9)));
            pictures.put("d.Jpeg", Pictures.jpeg(Pictures.grey(8, 8, 9)));
            pictures.put("notes.txt", NO_PICTURE);
            pictures.put("png", NO_PICTURE);
            assertEquals(4, open().training().count() + open().test().count());
        }

        @Test
        @DisplayName("what is not hidden")
        void hidden() throws IOException {
            shades(3);
            pictures.put("._0000.png", NO_PICTURE);
            pictures.put(".thumbnails/0000.png", NO_PICTURE);
            assertEquals(3, open().training().count() + open().test().count());
            Pictures hidden = new Pictures(path.resolve(".cache"));
            for (int index = 0; index < 3; index++) {
                hidden.put(name(index), Pictures.grey(1, 1, 9));
            }
            assertEquals(2, open(config(hidden.folder())).training().count());
        }

        @Test
        @DisplayName("pictures behind links")
        void links() throws IOException {
            Pictures elsewhere = new Pictures(path.resolve("elsewhere"));
            elsewhere.put("0.png", Pictures.grey(1, 1, 9)).put("1.png", Pictures.grey(1, 1, 9));
            link(pictures.folder().resolve("linked"), elsewhere.folder());
            pictures.put("own/0.png", Pictures.grey(1, 1, 9));
            assertEquals(3, open().training().count() + open().test().count());
        }

        @Test
        @DisplayName("through links, unless they lead round in a circle")
        void circle() throws IOException {
            shades(3);
            link(pictures.folder().resolve("again"), pictures.folder());
            assertProblems(
                    "FOLDER/again: found a link that leads back to a folder above it, expected a folder that can be"
                            + " read");
        }

        @Test
        @DisplayName("in vain if a folder in it may not be read")
        void unreadable() throws IOException {
            pictures.put("cat/a.png", Pictures.grey(1, 1, 9));
            Path cat = pictures.folder().resolve("cat");
            assertEquals(
                    cat + ": found no permission, expected a folder that can be read",
                    OrdinaryUser.describe("images", pictures.folder(), cat));
        }

        @Test
        @DisplayName("class folders with all pictures in them, or none")
        void mixed() throws IOException {
            pictures.put("dog/1.png", Pictures.grey(1, 1, 9)).put("cat/1.png", Pictures.grey(1, 1, 9));
            pictures.put("cover.png", Pictures.grey(1, 1, 9));
            assertProblems("FOLDER/cover.png: found a picture outside of the class folders, expected every picture in a"
                    + " class folder, as cat/1.png is, or none");
            pictures.put("back.png", Pictures.grey(1, 1, 9));
            assertProblems("FOLDER/back.png: found a picture outside of the class folders, and 1 more, expected every"
                    + " picture in a class folder, as cat/1.png is, or none");
        }

        @Test
        @DisplayName("class folders in both of train and test, or in neither")
        void mixedParts() throws IOException {
            pictures.put("train/cat/1.png", Pictures.grey(1, 1, 9)).put("test/1.png", Pictures.grey(1, 1, 9));
            assertProblems(
                    "FOLDER/test/1.png: found a picture outside of the class folders, expected every picture in a"
                            + " class folder, as train/cat/1.png is, or none");
        }

        private void link(Path link, Path target) throws IOException {
            try {
                Files.createSymbolicLink(link, target);
            } catch (UnsupportedOperationException e) {
                assumeTrue(false, "the system knows no links");
            }
        }
    }

    @Nested
    @DisplayName("has colours")
    class Colors {
        @Test
        @DisplayName("if one of its pictures has, to train on or to test on")
        void rgb() throws IOException {
            shades(3);
            assertEquals(new ImageShape(1, 4, 4), open().training().shape());
            pictures.put(name(1), Pictures.rgb(4, 4, 10, 20, 30));
            Dataset dataset = open();
            assertEquals(new ImageShape(3, 4, 4), dataset.training().shape());
            assertEquals(new ImageShape(3, 4, 4), dataset.test().shape());
        }

        @Test
        @DisplayName("in the order red, green, blue, one plane after the other")
        void planes() throws IOException {
            divided(Pictures.rgb(1, 2, 51, 102, 255));
            float[] pixels = new float[6];
            open().test().copyPixels(0, pixels, 0);
            assertArrayEquals(new float[] {0.2f, 0.2f, 0.4f, 0.4f, 1, 1}, pixels);
        }

        @Test
        @DisplayName("or not, as the experiment says")
        void asked() throws IOException {
            divided(Pictures.rgb(1, 1, 255, 0, 0));
            assertEquals(
                    new ImageShape(1, 1, 1),
                    open(config(null, ColorMode.GREY)).test().shape());
            assertArrayEquals(
                    new int[] {76}, shades(open(config(null, ColorMode.GREY)).test()));
            divided(Pictures.grey(1, 1, 9));
            assertEquals(
                    new ImageShape(3, 1, 1),
                    open(config(null, ColorMode.RGB)).test().shape());
        }
    }

    @Nested
    @DisplayName("has pictures of one size")
    class Size {
        @Test
        @DisplayName("or is refused, with every picture that differs and the key that helps")
        void differs() throws IOException {
            pictures.put("a.png", Pictures.grey(3, 4, 0));
            pictures.put("b.png", Pictures.grey(4, 3, 0));
            pictures.put("c.png", Pictures.grey(3, 4, 0));
            pictures.put("d.png", Pictures.grey(30, 4, 0));
            assertProblems(
                    "FOLDER/b.png: found a picture 4 high and 3 wide, expected 3 high and 4 wide, as a.png is; set"
                            + " dataset.size to [3, 4] to resize every picture",
                    "FOLDER/d.png: found a picture 30 high and 4 wide, expected 3 high and 4 wide, as a.png is; set"
                            + " dataset.size to [3, 4] to resize every picture");
        }

        @Test
        @DisplayName("and is advised to one that the model takes")
        void advice() throws IOException {
            pictures.put("a.png", Pictures.grey(64, 50, 0));
            pictures.put("b.png", Pictures.grey(64, 50, 0));
            pictures.put("c.png", Pictures.grey(4, 3, 0));
            InvalidInputException refusal = assertThrows(
                    InvalidInputException.class,
                    () -> new ImageFolderProvider().open(config(pictures.folder()), new SizeRule(2)));
            assertEquals(
                    "set dataset.size to [64, 48] to resize every picture",
                    refusal.problems().get(0).advice());
        }

        @Test
        @DisplayName("after they are resized, if the experiment says so")
        void resized() throws IOException {
            pictures.put("train/a.png", Pictures.grey(3, 40, 100));
            pictures.put("train/b.png", Pictures.grey(1, 1, 200));
            pictures.put("test/a.png", Pictures.rgb(17, 5, 10, 20, 30));
            Dataset dataset = open(config(List.of(2, 3), null));
            assertEquals(new ImageShape(3, 2, 3), dataset.training().shape());
            float[] pixels = new float[18];
            dataset.training().copyPixels(0, pixels, 0);
            assertArrayEquals(filled(18, 100 / 255f), pixels);
            dataset.training().copyPixels(1, pixels, 0);
            assertArrayEquals(filled(18, 200 / 255f), pixels);
            dataset.test().copyPixels(0, pixels, 0);
            assertArrayEquals(filled(6, 30 / 255f), Arrays.copyOfRange(pixels, 12, 18));
        }

        @Test
        @DisplayName("that fits into an array")
        void tooLarge() throws IOException {
            shades(3);
            assertProblems(
                    config(List.of(40_000, 60_000), null),
                    "dataset.path: found 2 images of 1x40000x60000, which are 4800000000 values, expected at most"
                            + " 2147483639, the most that can be read; set dataset.size to a smaller size",
                    "dataset.path: found 1 image of 1x40000x60000, which are 2400000000 values, expected at most"
                            + " 2147483639, the most that can be read; set dataset.size to a smaller size");
        }

        @Test
        @DisplayName("that fits into the memory of the program")
        void tooLargeForMemory() throws IOException {
            shades(3);
            DatasetConfig config = config(null, null);
            assertEquals(
                    "dataset.path: found 3 images of 1x4x4, which are 48 values, expected at most 47, which is the memory of"
                            + " the program; set dataset.size to a smaller size, or give Java more memory with -Xmx",
                    assertThrows(InvalidInputException.class, () -> new ImageFolderProvider(47).open(config))
                            .getMessage());
            assertEquals(2, new ImageFolderProvider(48).open(config).training().count());
        }

        private float[] filled(int length, float value) {
            float[] values = new float[length];
            Arrays.fill(values, value);
            return values;
        }
    }

    @Nested
    @DisplayName("that has bad pictures")
    class Bad {
        @Test
        @DisplayName("names all of them")
        void all() throws IOException {
            pictures.put("a.png", NO_PICTURE);
            pictures.put("b.png", Pictures.grey(2, 2, 0));
            pictures.put("c.jpg", new byte[0]);
            pictures.put("d.png", Pictures.grey(3, 2, 0));
            assertProblems(
                    "FOLDER/a.png: found neither PNG nor JPEG data, expected a picture in one of these formats; convert"
                            + " it, or remove it",
                    "FOLDER/c.jpg: found an empty file, expected a picture; copy the file again, or remove it",
                    "FOLDER/d.png: found a picture 3 high and 2 wide, expected 2 high and 2 wide, as b.png is; set"
                            + " dataset.size to [2, 2] to resize every picture");
        }

        @Test
        @DisplayName("names the first ten, and how many others there are")
        void many() throws IOException {
            for (int index = 10; index < 32; index++) {
                pictures.put(index + ".png", NO_PICTURE);
            }
            InvalidInputException exception =
                    assertThrows(InvalidInputException.class, ImageFolderProviderTest.this::open);
            assertEquals(11, exception.problems().size());
            assertEquals(
                    pictures.folder().resolve("19.png").toString(),
                    exception.problems().get(9).place());
            assertEquals(
                    "dataset.path: found 12 more pictures with problems",
                    exception.problems().get(10).toString());
        }

        @Test
        @DisplayName("names those whose pixels are damaged although they begin well")
        void damaged() throws IOException {
            byte[] png = Pictures.png(Pictures.pattern(40, 30));
            byte[] jpeg = Pictures.jpeg(Pictures.pattern(40, 30));
            pictures.put("train/a.png", png);
            pictures.put("train/b.png", Arrays.copyOf(png, png.length / 2));
            pictures.put("test/a.jpg", Arrays.copyOf(jpeg, jpeg.length - 20));
            assertProblems(
                    "FOLDER/test/a.jpg: found JPEG data that cannot be decoded (Truncated File - Missing EOI marker),"
                            + " expected a picture; copy the file again, or remove it",
                    "FOLDER/train/b.png: found PNG data that cannot be decoded (Error reading PNG image data), expected a"
                            + " picture; copy the file again, or remove it");
        }
    }

    @Nested
    @DisplayName("has a checksum")
    class Checksum {
        @Test
        @DisplayName("of what sha256sum prints of its pictures")
        void value() throws IOException {
            pictures.put("b.png", Pictures.grey(1, 1, 0));
            pictures.put("a.png", Pictures.grey(1, 1, 1));
            pictures.put("c.png", Pictures.grey(1, 1, 2));
            StringBuilder lines = new StringBuilder();
            for (String name : new String[] {"a.png", "b.png", "c.png"}) {
                byte[] content = Files.readAllBytes(pictures.folder().resolve(name));
                lines.append(Sha256.of(content)).append("  ").append(name).append("\n");
            }
            assertEquals(
                    Map.of("pictures", Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8))),
                    open().checksums());
        }

        @Test
        @DisplayName("that changes with every byte and every name, and with nothing else")
        void changes() throws IOException {
            shades(3);
            Map<String, String> before = open().checksums();
            pictures.put("notes.txt", NO_PICTURE);
            assertEquals(before, open().checksums());
            assertEquals(before, open(config(List.of(2, 2), ColorMode.RGB)).checksums());

            Files.move(pictures.folder().resolve(name(1)), pictures.folder().resolve("renamed.png"));
            Map<String, String> renamed = open().checksums();
            assertNotEquals(before, renamed);
            pictures.put("renamed.png", Pictures.grey(4, 4, 99));
            assertNotEquals(renamed, open().checksums());
        }
    }

    @Nested
    @DisplayName("that is not there")
    class NotThere {
        @Test
        @DisplayName("may not have been named")
        void noPath() {
            assertProblems(
                    new DatasetConfig("images", null, null, null, null, null, null, null),
                    "dataset.path: found nothing, expected the folder of the pictures; add this key");
            assertEquals(
                    1,
                    new ImageFolderProvider()
                            .check(new DatasetConfig("images", null, null, null, null, null, null, null))
                            .size());
            assertEquals(List.of(), new ImageFolderProvider().check(config(path.resolve("cats"))));
        }

        @Test
        @DisplayName("may not exist")
        void missing() {
            Path missing = path.resolve("cats");
            assertProblems(
                    config(missing),
                    "dataset.path: found " + missing + ", which does not exist, expected the folder of the pictures");
        }
    }

    /** Pictures of four by four pixels, each named by its shade. */
    private void shades(int count) throws IOException {
        for (int shade = 0; shade < count; shade++) {
            pictures.put(name(shade), Pictures.grey(4, 4, shade));
        }
    }

    private void divided(BufferedImage picture) throws IOException {
        pictures.put("train/a.png", picture).put("test/a.png", picture);
    }

    private static String name(int shade) {
        return "%04d.png".formatted(shade);
    }

    /** The first value of each image. */
    private static int[] shades(LabelledImages images) {
        float[] pixels = new float[images.shape().size()];
        return IntStream.range(0, images.count())
                .map(image -> {
                    images.copyPixels(image, pixels, 0);
                    return Math.round(pixels[0] * 255);
                })
                .toArray();
    }

    private static int[] labels(LabelledImages images) {
        return IntStream.range(0, images.count()).map(images::label).toArray();
    }

    private Dataset open() {
        return open(config(pictures.folder()));
    }

    private static Dataset open(DatasetConfig config) {
        return new ImageFolderProvider().open(config);
    }

    private static DatasetConfig config(Path folder) {
        return new DatasetConfig("images", folder.toString(), null, null, null, null, null, null);
    }

    private DatasetConfig config(List<Integer> size, ColorMode color) {
        return new DatasetConfig("images", pictures.folder().toString(), size, color, null, null, null, null);
    }

    private void assertProblems(String... expected) {
        assertProblems(config(pictures.folder()), expected);
    }

    private void assertProblems(DatasetConfig config, String... expected) {
        InvalidInputException exception = assertThrows(InvalidInputException.class, () -> open(config));
        String lines = String.join(System.lineSeparator(), expected);
        assertEquals(lines.replace("FOLDER", pictures.folder().toString()), exception.getMessage());
    }
}
