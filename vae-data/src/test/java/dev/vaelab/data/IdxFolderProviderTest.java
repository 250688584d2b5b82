package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationFrom;
import dev.vaelab.api.model.ImageShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A folder of IDX files")
class IdxFolderProviderTest {
    private final IdxFolderProvider provider = new IdxFolderProvider();

    @TempDir
    private Path path;

    private IdxFolder folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = IdxFolder.create(Files.createDirectory(path.resolve("digits")));
    }

    @Nested
    @DisplayName("that is right")
    class Right {
        @Test
        @DisplayName("gives its images and labels, and the name of the folder as that of the data set")
        void images() {
            Dataset dataset = open();
            assertEquals("digits", dataset.name());
            assertEquals(new ImageShape(1, 2, 3), dataset.training().shape());
            assertEquals(5, dataset.training().count());
            assertEquals(3, dataset.test().count());
            assertEquals(4, dataset.training().label(4));
            float[] pixels = new float[6];
            dataset.training().copyPixels(4, pixels, 0);
            assertArrayEquals(new float[] {24 / 255f, 25 / 255f, 26 / 255f, 27 / 255f, 28 / 255f, 29 / 255f}, pixels);
        }

        @Test
        @DisplayName("gives the SHA-256 of each uncompressed file, whether it is compressed or not")
        void checksums() throws IOException {
            Dataset plain = open();
            assertEquals(
                    List.of(
                            IdxFolder.TRAINING_IMAGES,
                            IdxFolder.TRAINING_LABELS,
                            IdxFolder.TEST_IMAGES,
                            IdxFolder.TEST_LABELS),
                    List.copyOf(plain.checksums().keySet()));
            assertEquals(
                    "b42326e57648289720e40f7c6f074d678a6bb041e7d1157a777e375b9269c0f5",
                    plain.checksums().get(IdxFolder.TEST_LABELS));
            for (String name : plain.checksums().keySet()) {
                folder.put(
                        name + ".gz",
                        IdxFolder.gzip(Files.readAllBytes(folder.path().resolve(name))));
                folder.remove(name);
            }
            assertEquals(plain.checksums(), open().checksums());
        }

        @Test
        @DisplayName("may have full stops instead of hyphens in the names, as some unpackers write them")
        void otherSpelling() throws IOException {
            folder.remove(IdxFolder.TRAINING_IMAGES);
            folder.put("train-images.idx3-ubyte", IdxFolder.images(5, 2, 3));
            folder.remove(IdxFolder.TEST_LABELS);
            folder.put("t10k-labels.idx1-ubyte.gz", IdxFolder.gzip(IdxFolder.labels(3)));
            Dataset dataset = open();
            assertEquals(5, dataset.training().count());
            assertEquals(
                    List.of(
                            "train-images.idx3-ubyte",
                            IdxFolder.TRAINING_LABELS,
                            IdxFolder.TEST_IMAGES,
                            "t10k-labels.idx1-ubyte"),
                    List.copyOf(dataset.checksums().keySet()));
        }

        @Test
        @DisplayName("may have an unpacked file that still has the name of a compressed one")
        void unpackedUnderCompressedName() throws IOException {
            folder.remove(IdxFolder.TRAINING_LABELS);
            folder.put(IdxFolder.TRAINING_LABELS + ".gz", IdxFolder.labels(5));
            assertEquals(5, open().training().count());
        }

        @Test
        @DisplayName("may have a file both compressed and not; the uncompressed one is read")
        void prefersUncompressed() throws IOException {
            folder.put(IdxFolder.TRAINING_LABELS + ".gz", new byte[] {1});
            assertEquals(5, open().training().count());
        }

        @Test
        @DisplayName("may hold images of any size")
        void anySize() throws IOException {
            folder.put(IdxFolder.TRAINING_IMAGES, IdxFolder.images(5, 64, 1));
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.images(3, 64, 1));
            assertEquals(new ImageShape(1, 64, 1), open().test().shape());
        }

        @Test
        @DisplayName("may be Fashion-MNIST as Debian installs it")
        void fashionMnist() {
            Path fashion = Path.of("/usr/share/datasets/fashion-mnist");
            assumeTrue(Files.isDirectory(fashion), "the package dataset-fashion-mnist is not installed");
            Dataset dataset =
                    provider.open(new DatasetConfig("idx", fashion.toString(), null, null, null, null, null, null));
            assertEquals("fashion-mnist", dataset.name());
            assertEquals(new ImageShape(1, 28, 28), dataset.training().shape());
            assertEquals(60_000, dataset.training().count());
            assertEquals(10_000, dataset.test().count());
            int[] labels = new int[10];
            IntStream.range(0, 10_000).forEach(image -> labels[dataset.test().label(image)]++);
            int[] expected = new int[10];
            Arrays.fill(expected, 1000);
            assertArrayEquals(expected, labels);
        }
    }

    @Test
    @DisplayName("may have files of validation images, which are read where the experiment validates on them")
    void threeSplits() throws IOException {
        folder.put("validation-images-idx3-ubyte", IdxFolder.images(4, 2, 3));
        folder.put("validation-labels-idx1-ubyte", IdxFolder.labels(4));
        Dataset dataset = provider.open(validatedOnFile());
        assertEquals(5, dataset.training().count());
        assertEquals(4, dataset.validation().orElseThrow().count());
        assertEquals(3, dataset.test().count());
        assertEquals(6, dataset.checksums().size());
        Dataset without = provider.open(config(folder.path().toString()));
        assertTrue(without.validation().isEmpty());
        assertEquals(4, without.checksums().size());
    }

    @Test
    @DisplayName("says which files of validation images are missing, or have other images")
    void damagedThirdSplit() throws IOException {
        folder.put("validation-images-idx3-ubyte", IdxFolder.images(4, 3, 3));
        DatasetConfig config = validatedOnFile();
        String message = assertThrows(InvalidInputException.class, () -> provider.open(config))
                .getMessage();
        assertTrue(message.contains("validation-labels-idx1-ubyte: found no such file"), message);
        assertTrue(
                message.contains("validation-images-idx3-ubyte: found images of 1x3x3, expected 1x2x3, as in"),
                message);
    }

    private DatasetConfig validatedOnFile() {
        return new DatasetConfig(
                "idx", folder.path().toString(), null, null, null, null, ValidationFrom.FILE, null, null, null, null);
    }

    @Test
    @DisplayName("takes no size and no colours, and says so with everything else that is wrong")
    void refusesKeysOfPictures() throws IOException {
        folder.remove(IdxFolder.TEST_LABELS);
        DatasetConfig config = new DatasetConfig(
                "idx", folder.path().toString(), List.of(2, 3), ColorMode.GREY, null, null, null, null);
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "dataset.size: found [2, 3], expected no size, since idx takes its images as they are; remove the"
                                + " key, which is for the data set images",
                        "dataset.color: found grey, expected no color, since idx takes its images as they are; remove the"
                                + " key, which is for the data set images",
                        folder.path().resolve(IdxFolder.TEST_LABELS)
                                + ": found no such file, expected one of t10k-labels-idx1-ubyte,"
                                + " t10k-labels-idx1-ubyte.gz, t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz"),
                assertThrows(InvalidInputException.class, () -> provider.open(config))
                        .getMessage());
    }

    @Test
    @DisplayName("is told before it is opened what it lacks and does not take")
    void checked() {
        DatasetConfig config = new DatasetConfig("idx", null, List.of(2, 3), null, null, null, null, null);
        assertEquals(
                List.of(
                        "dataset.path: found nothing, expected the folder of the IDX files; add this key",
                        "dataset.size: found [2, 3], expected no size, since idx takes its images as they are; remove the"
                                + " key, which is for the data set images"),
                provider.check(config).stream().map(Problem::toString).toList());
        assertEquals(
                List.of(), provider.check(new DatasetConfig("idx", "nowhere", null, null, null, null, null, null)));
    }

    @Nested
    @DisplayName("that is not there")
    class NotThere {
        @Test
        @DisplayName("may not have been named")
        void noPath() {
            assertPathProblem(null, "dataset.path: found nothing, expected the folder of the IDX files; add this key");
        }

        @Test
        @DisplayName("may not exist")
        void missing() {
            String missing = path.resolve("fashion").toString();
            assertPathProblem(
                    missing,
                    "dataset.path: found " + missing + ", which does not exist, expected the folder of the IDX files");
        }

        @Test
        @DisplayName("may have been meant relative to another folder")
        void relative() {
            assertPathProblem(
                    "no/such/folder",
                    "dataset.path: found no/such/folder, which does not exist, expected the folder of the IDX files;"
                            + " a relative path begins at " + Path.of("").toAbsolutePath());
        }

        @Test
        @DisplayName("may be a file")
        void aFile() {
            String file = folder.path().resolve(IdxFolder.TEST_LABELS).toString();
            assertPathProblem(
                    file,
                    "dataset.path: found " + file + ", which is not a folder, expected the folder of the IDX files");
        }

        @Test
        @DisplayName("may have a name that the system cannot have")
        void impossiblePath() {
            assertPathProblem(
                    "a\0b",
                    "dataset.path: found a path that this system cannot have (Nul character not allowed), expected the"
                            + " folder of the IDX files");
        }

        @Test
        @DisplayName("may not be readable")
        void unreadable() throws IOException {
            assertEquals(
                    "dataset.path: found " + folder.path() + ": no permission, expected a folder that can be read",
                    OrdinaryUser.describe("idx", folder.path(), folder.path()));
        }
    }

    @Nested
    @DisplayName("that is incomplete or damaged")
    class Damaged {
        @Test
        @DisplayName("is refused with every missing file, and the names that were looked for")
        void missingFiles() throws IOException {
            folder.remove(IdxFolder.TRAINING_LABELS);
            folder.remove(IdxFolder.TEST_IMAGES);
            assertProblems(
                    "FOLDER/train-labels-idx1-ubyte: found no such file, expected one of train-labels-idx1-ubyte,"
                            + " train-labels-idx1-ubyte.gz, train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz",
                    "FOLDER/t10k-images-idx3-ubyte: found no such file, expected one of t10k-images-idx3-ubyte,"
                            + " t10k-images-idx3-ubyte.gz, t10k-images.idx3-ubyte, t10k-images.idx3-ubyte.gz");
        }

        @Test
        @DisplayName("is refused with the problems of all of its files together")
        void allTogether() throws IOException {
            folder.remove(IdxFolder.TRAINING_IMAGES);
            folder.put(IdxFolder.TRAINING_LABELS, new byte[] {0, 0});
            folder.put(IdxFolder.TEST_LABELS, IdxFolder.labels(4));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found no such file, expected one of train-images-idx3-ubyte,"
                            + " train-images-idx3-ubyte.gz, train-images.idx3-ubyte, train-images.idx3-ubyte.gz",
                    "FOLDER/train-labels-idx1-ubyte: found 2 bytes, expected at least 8, the header of labels; copy or"
                            + " download the file again",
                    "FOLDER/t10k-labels-idx1-ubyte: found 4 labels, expected 3, one for each image of"
                            + " t10k-images-idx3-ubyte");
        }

        @Test
        @DisplayName("may have images and labels swapped")
        void swapped() throws IOException {
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.labels(3));
            folder.put(IdxFolder.TEST_LABELS, IdxFolder.images(3, 2, 3));
            assertProblems(
                    "FOLDER/t10k-images-idx3-ubyte: found magic number 0x00000801, expected 0x00000803, with which files"
                            + " of images begin; this is a file of labels: are the two swapped?",
                    "FOLDER/t10k-labels-idx1-ubyte: found magic number 0x00000803, expected 0x00000801, with which files"
                            + " of labels begin; this is a file of images: are the two swapped?");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "0x0903 | 00000903 (signed bytes in 3 dimensions)",
                    "0x0b03 | 00000b03 (integers of 16 bits in 3 dimensions)",
                    "0x0c02 | 00000c02 (integers of 32 bits in 2 dimensions)",
                    "0x0d03 | 00000d03 (floating-point numbers of 32 bits in 3 dimensions)",
                    "0x0e01 | 00000e01 (floating-point numbers of 64 bits in 1 dimension)"
                })
        @DisplayName("may have values of another type than bytes, which is named in words")
        void otherTypes(int magic, String found) throws IOException {
            folder.put(IdxFolder.TRAINING_IMAGES, IdxFolder.file(magic, 100, 5, 2, 3));
            folder.put(IdxFolder.TRAINING_LABELS, IdxFolder.gzip(IdxFolder.file(magic, 100, 5)));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found magic number 0x" + found
                            + ", expected 0x00000803, with which"
                            + " files of images begin; write the file with values that are bytes: 0 (black) to 255 (white)",
                    "FOLDER/train-labels-idx1-ubyte: found magic number 0x" + found
                            + ", expected 0x00000801, with which"
                            + " files of labels begin; write the file with values that are bytes: 0 to 255");
        }

        @Test
        @DisplayName("may have bytes in other dimensions, or a header in little-endian order")
        void otherDimensions() throws IOException {
            folder.put(IdxFolder.TRAINING_IMAGES, IdxFolder.file(0x0804, 100, 5, 3, 2, 3));
            folder.put(IdxFolder.TRAINING_LABELS, IdxFolder.file(0x01080000, 100, 5));
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.file(0x0703, 100, 5, 3, 2));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found magic number 0x00000804 (unsigned bytes in 4 dimensions),"
                            + " expected 0x00000803, with which files of images begin",
                    "FOLDER/train-labels-idx1-ubyte: found magic number 0x01080000, expected 0x00000801, with which files"
                            + " of labels begin; the header is in little-endian order: write it in big-endian order",
                    "FOLDER/t10k-images-idx3-ubyte: found magic number 0x00000703, expected 0x00000803, with which files of"
                            + " images begin");
        }

        @Test
        @DisplayName("may have files of EMNIST, which are a kind of their own")
        void emnist() throws IOException {
            Path emnist = Files.createDirectory(path.resolve("emnist"));
            Files.write(emnist.resolve("emnist-letters-train-images-idx3-ubyte.gz"), new byte[0]);
            InvalidInputException exception =
                    assertThrows(InvalidInputException.class, () -> provider.open(config(emnist.toString())));
            assertEquals(4, exception.problems().size());
            for (Problem problem : exception.problems()) {
                assertEquals(
                        "these are files of EMNIST: set dataset.name to emnist and dataset.split to letters",
                        problem.advice());
            }
        }

        @Test
        @DisplayName("may have a page of a web site in the place of a file")
        void webPage() throws IOException {
            folder.put(IdxFolder.TEST_IMAGES, "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII));
            assertProblems(
                    "FOLDER/t10k-images-idx3-ubyte: found magic number 0x3c21444f, expected 0x00000803, with which"
                            + " files of images begin");
        }

        @Test
        @DisplayName("may have an empty file, or one that ends in its header")
        void shortHeader() throws IOException {
            folder.put(IdxFolder.TRAINING_IMAGES, new byte[0]);
            folder.put(IdxFolder.TEST_IMAGES, Arrays.copyOf(IdxFolder.images(3, 2, 3), 15));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found 0 bytes, expected at least 16, the header of images; copy or"
                            + " download the file again",
                    "FOLDER/t10k-images-idx3-ubyte: found 15 bytes, expected at least 16, the header of images; copy or"
                            + " download the file again");
        }

        @Test
        @DisplayName("may have truncated files, compressed or not")
        void truncated() throws IOException {
            byte[] images = IdxFolder.images(5, 2, 3);
            folder.put(IdxFolder.TRAINING_IMAGES, Arrays.copyOf(images, images.length - 1));
            folder.put(IdxFolder.TEST_LABELS, IdxFolder.gzip(Arrays.copyOf(IdxFolder.labels(3), 9)));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found 45 bytes, expected 46 by its header; the file is truncated:"
                            + " copy or download the file again",
                    "FOLDER/t10k-labels-idx1-ubyte: found 9 bytes, expected 11 by its header; the file is truncated: copy"
                            + " or download the file again");
        }

        @Test
        @DisplayName("may have files with bytes left over, compressed or not")
        void leftOver() throws IOException {
            byte[] images = IdxFolder.images(5, 2, 3);
            folder.put(IdxFolder.TRAINING_IMAGES, Arrays.copyOf(images, images.length + 1));
            folder.put(IdxFolder.TEST_LABELS, IdxFolder.gzip(Arrays.copyOf(IdxFolder.labels(3), 100)));
            assertProblems(
                    "FOLDER/train-images-idx3-ubyte: found more than 46 bytes, expected 46 by its header; copy or download"
                            + " the file again",
                    "FOLDER/t10k-labels-idx1-ubyte: found more than 11 bytes, expected 11 by its header; copy or download"
                            + " the file again");
        }

        @Test
        @DisplayName("may have compressed files that were cut off")
        void truncatedGzip() throws IOException {
            byte[] labels = IdxFolder.gzip(IdxFolder.labels(5));
            folder.put(IdxFolder.TRAINING_LABELS, Arrays.copyOf(labels, labels.length / 2));
            folder.put(IdxFolder.TEST_LABELS, Arrays.copyOf(labels, 5));
            assertProblems(
                    "FOLDER/train-labels-idx1-ubyte: found gzip data that end too early, expected the whole file; copy or"
                            + " download the file again",
                    "FOLDER/t10k-labels-idx1-ubyte: found gzip data that end too early, expected the whole file; copy or"
                            + " download the file again");
        }

        @Test
        @DisplayName("may have compressed files with damaged bytes")
        void corruptedGzip() throws IOException {
            byte[] labels = IdxFolder.gzip(IdxFolder.labels(5));
            labels[10] = 7;
            folder.put(IdxFolder.TRAINING_LABELS, labels);
            byte[] wrongChecksum = IdxFolder.gzip(IdxFolder.labels(3));
            wrongChecksum[wrongChecksum.length - 8]++;
            folder.put(IdxFolder.TEST_LABELS, wrongChecksum);
            assertProblems(
                    "FOLDER/train-labels-idx1-ubyte: found corrupted gzip data (invalid block type), expected gzip data"
                            + " that can be unpacked; copy or download the file again",
                    "FOLDER/t10k-labels-idx1-ubyte: found corrupted gzip data (Corrupt GZIP trailer), expected gzip data"
                            + " that can be unpacked; copy or download the file again");
        }

        @Test
        @DisplayName("may have a folder in the place of a file")
        void folderInPlaceOfFile() throws IOException {
            folder.remove(IdxFolder.TEST_LABELS);
            Files.createDirectory(folder.path().resolve(IdxFolder.TEST_LABELS));
            assertProblems("FOLDER/t10k-labels-idx1-ubyte: found a folder, expected a file of labels");
        }

        @Test
        @DisplayName("may have a file that cannot be read")
        void unreadableFile() throws IOException {
            Path file = folder.path().resolve(IdxFolder.TEST_LABELS);
            assertEquals(
                    file + ": found no permission, expected a file that can be read",
                    OrdinaryUser.describe("idx", folder.path(), file));
        }
    }

    @Nested
    @DisplayName("whose files contradict themselves or each other")
    class Contradictory {
        @ParameterizedTest
        @CsvSource({"0, 2, 3", "3, 0, 3", "3, 2, 0"})
        @DisplayName("may have no images, or images without pixels")
        void empty(int count, int rows, int columns) throws IOException {
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.images(count, rows, columns));
            assertProblems("FOLDER/t10k-images-idx3-ubyte: found a header with sizes " + count + "x" + rows + "x"
                    + columns + ", expected sizes of at least 1");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"-1, -1, -1 | 4294967295x4294967295x4294967295", "65536, 32768, 1 | 65536x32768x1"})
        @DisplayName("may have sizes that no array can hold")
        void huge(String sizes, String found) throws IOException {
            int[] header =
                    Arrays.stream(sizes.split(", ")).mapToInt(Integer::parseInt).toArray();
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.file(0x0803, 100, header));
            assertProblems("FOLDER/t10k-images-idx3-ubyte: found a header with sizes " + found
                    + ", expected at most 2147483639 values, the most that can be read");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        @DisplayName("may have sizes that a file of its length cannot hold: no memory is taken for them")
        void largerThanFile(boolean compressed) throws IOException {
            byte[] file = IdxFolder.file(0x0803, 100, 2_000_000_000, 1, 1);
            folder.put(IdxFolder.TEST_IMAGES, compressed ? IdxFolder.gzip(file) : file);
            assertProblems(
                    "FOLDER/t10k-images-idx3-ubyte: found a header with sizes 2000000000x1x1, expected sizes that a"
                            + " file of this length can hold; copy or download the file again");
        }

        @Test
        @DisplayName("may have more or fewer labels than images")
        void differentCounts() throws IOException {
            folder.put(IdxFolder.TRAINING_LABELS, IdxFolder.labels(4));
            folder.put(IdxFolder.TEST_LABELS, IdxFolder.labels(5));
            assertProblems(
                    "FOLDER/train-labels-idx1-ubyte: found 4 labels, expected 5, one for each image of"
                            + " train-images-idx3-ubyte",
                    "FOLDER/t10k-labels-idx1-ubyte: found 5 labels, expected 3, one for each image of"
                            + " t10k-images-idx3-ubyte");
        }

        @Test
        @DisplayName("may have images of different sizes to train and to test")
        void differentShapes() throws IOException {
            folder.put(IdxFolder.TEST_IMAGES, IdxFolder.images(3, 3, 2));
            assertProblems("FOLDER/t10k-images-idx3-ubyte: found images of 1x3x2, expected 1x2x3, as in"
                    + " train-images-idx3-ubyte");
        }
    }

    private Dataset open() {
        return provider.open(config(folder.path().toString()));
    }

    private void assertProblems(String... expected) {
        InvalidInputException exception = assertThrows(InvalidInputException.class, this::open);
        String lines = String.join(System.lineSeparator(), expected);
        assertEquals(lines.replace("FOLDER", folder.path().toString()), exception.getMessage());
    }

    private void assertPathProblem(String dataset, String expected) {
        DatasetConfig config = config(dataset);
        assertEquals(
                expected,
                assertThrows(InvalidInputException.class, () -> provider.open(config))
                        .getMessage());
    }

    private static DatasetConfig config(String path) {
        return new DatasetConfig("idx", path, null, null, 1, null, null, null);
    }
}
