package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationFrom;
import dev.vaelab.api.experiment.ValidationSize;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The splits of a data set")
class DataSplitsTest {
    private static final Dataset NUMBERS =
            new Dataset("numbers", NumberedImages.of(1000), NumberedImages.of(200), Map.of());

    private static final Dataset WITH_FILE = new Dataset(
            "numbers",
            NumberedImages.of(1000),
            Optional.of(NumberedImages.of(50)),
            NumberedImages.of(200),
            Map.of(),
            List.of());

    @Test
    @DisplayName("put every training image either into training or into validation, and never into both")
    void cover() {
        DataSplits splits = split(300, null, null, 42);
        assertEquals(700, splits.train().count());
        assertEquals(300, splits.validation().count());
        int[] together = IntStream.concat(
                        Arrays.stream(NumberedImages.numbers(splits.train())),
                        Arrays.stream(NumberedImages.numbers(splits.validation())))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, 1000).toArray(), together);
    }

    @Test
    @DisplayName("keep the test images apart and in their order, the first ones if fewer are asked for")
    void test() {
        assertArrayEquals(
                IntStream.range(0, 200).toArray(),
                NumberedImages.numbers(split(300, null, null, 42).test()));
        assertArrayEquals(
                IntStream.range(0, 50).toArray(),
                NumberedImages.numbers(split(300, null, 50, 42).test()));
    }

    @Test
    @DisplayName("have the same validation images, and a part of the same training images, when fewer are trained on")
    void fewerTrainingImages() {
        DataSplits all = split(300, null, null, 42);
        DataSplits fewer = split(300, 100, null, 42);
        assertArrayEquals(NumberedImages.numbers(all.validation()), NumberedImages.numbers(fewer.validation()));
        assertArrayEquals(
                Arrays.copyOf(NumberedImages.numbers(all.train()), 100), NumberedImages.numbers(fewer.train()));
    }

    @Test
    @DisplayName("follow from the seed, and stay what they were when the program changes")
    void followFromTheSeed() {
        assertArrayEquals(
                new int[] {10, 429, 341, 384, 168},
                NumberedImages.numbers(split(5, 5, null, 42).validation()));
        assertArrayEquals(
                new int[] {876, 404, 346, 676, 57},
                NumberedImages.numbers(split(5, 5, null, 42).train()));
        assertFalse(Arrays.equals(
                NumberedImages.numbers(split(300, null, null, 42).validation()),
                NumberedImages.numbers(split(300, null, null, 43).validation())));
    }

    @Test
    @DisplayName("are found by their names")
    void foundByName() {
        DataSplits splits = split(300, null, null, 42);
        assertSame(splits.train(), splits.get(Split.TRAIN));
        assertSame(splits.validation(), splits.get(Split.VALIDATION));
        assertSame(splits.test(), splits.get(Split.TEST));
    }

    @Test
    @DisplayName("may leave a single image to train on")
    void leavesOne() {
        assertEquals(1, split(999, null, null, 42).train().count());
        assertEquals(1, split(999, 1, 200, 42).train().count());
    }

    @Test
    @DisplayName("refuse sizes that the data set cannot serve, all at once, with the numbers")
    void refusesTooMany() {
        assertEquals(
                List.of(
                        "dataset.validation: found 1000, expected 1 to 999, since numbers has 1000 training images and at"
                                + " least one is left to train on; the default is 10000, so smaller data sets need a"
                                + " value",
                        "dataset.train: found 1001, expected 1 to 999, since numbers has 1000 training images and"
                                + " validation takes at least one",
                        "dataset.test: found 201, expected 1 to 200, since numbers has 200 test images"),
                problems(NUMBERS, 1000, 1001, 201));
    }

    @Test
    @DisplayName("refuse more training images than validation leaves")
    void refusesMoreThanValidationLeaves() {
        assertEquals(
                List.of("dataset.train: found 701, expected 1 to 700, since numbers has 1000 training images and"
                        + " validation takes 300"),
                problems(NUMBERS, 300, 701, null));
    }

    @Test
    @DisplayName("refuse parts without an image")
    void refusesEmptyParts() {
        assertEquals(
                List.of(
                        "dataset.train: found 0, expected 1 to 999, since numbers has 1000 training images and"
                                + " validation takes 1",
                        "dataset.test: found -1, expected 1 to 200, since numbers has 200 test images"),
                problems(NUMBERS, 1, 0, -1));
    }

    @Test
    @DisplayName("need at least two training images")
    void refusesASingleImage() {
        Dataset single = new Dataset("single", NumberedImages.of(1), NumberedImages.of(1), Map.of());
        assertEquals(
                List.of("dataset: found 1 training image in single, expected at least 2: one to train on and one to"
                        + " validate on"),
                problems(single, 1, null, null));
    }

    @Test
    @DisplayName("are called train, validation and test")
    void names() {
        assertEquals(
                List.of("train", "validation", "test"),
                Arrays.stream(Split.values()).map(Split::toString).toList());
    }

    @Test
    @DisplayName("are black and white under a threshold, from half of the largest intensity on")
    void threshold() {
        DataSplits splits = binarized(Binarization.THRESHOLD);
        assertArrayEquals(new float[] {0, 0, 1, 1}, pixels(splits.test(), 0));
        assertSame(splits.train(), splits.trainEvaluated());
    }

    @Test
    @DisplayName("are drawn once by a fixed binarization: black stays black, white stays white, grey is either")
    void fixed() {
        DataSplits splits = binarized(Binarization.FIXED);
        assertSame(splits.train(), splits.trainEvaluated());
        for (ImageSubset images : List.of(splits.train(), splits.validation(), splits.test())) {
            requireDrawn(images);
        }
        assertArrayEquals(all(splits.train()), all(binarized(Binarization.FIXED).train()), "the same in every run");
    }

    @Test
    @DisplayName("keep the intensities for training under a stochastic binarization, and are drawn for evaluation")
    void stochastic() {
        DataSplits splits = binarized(Binarization.STOCHASTIC);
        assertEquals(127 / 255f, pixels(splits.train(), 0)[1]);
        requireDrawn(splits.get(Split.TRAIN));
        requireDrawn(splits.validation());
        requireDrawn(splits.test());
    }

    @Test
    @DisplayName(
            "may validate on the last of the training images, whatever the seed, and train on all before in their order")
    void validateOnTheLast() {
        for (long seed : new long[] {42, 43}) {
            DataSplits splits = split(config(300, ValidationFrom.LAST, null), NUMBERS, seed);
            assertArrayEquals(IntStream.range(700, 1000).toArray(), NumberedImages.numbers(splits.validation()));
            assertArrayEquals(IntStream.range(0, 700).toArray(), NumberedImages.numbers(splits.train()));
        }
    }

    @Test
    @DisplayName("that validate on the last of the training images train on fewer of the others, chosen by the seed")
    void fewerThanAllButTheLast() {
        int[] trained = NumberedImages.numbers(
                split(config(300, ValidationFrom.LAST, 100), NUMBERS, 42).train());
        assertEquals(
                100,
                Arrays.stream(trained).filter(image -> image < 700).distinct().count());
        assertFalse(Arrays.equals(IntStream.range(0, 100).toArray(), trained));
        assertFalse(Arrays.equals(
                trained,
                NumberedImages.numbers(split(config(300, ValidationFrom.LAST, 100), NUMBERS, 43)
                        .train())));
    }

    @Test
    @DisplayName("may train on the whole training set without validation, whose images nobody gets then")
    void withoutValidation() {
        for (ValidationFrom from : ValidationFrom.values()) {
            Dataset dataset = from == ValidationFrom.FILE ? WITH_FILE : NUMBERS;
            DataSplits splits = split(config(0, from, null), dataset, 42);
            assertFalse(splits.validates());
            assertEquals(
                    1000,
                    Arrays.stream(NumberedImages.numbers(splits.train()))
                            .distinct()
                            .count());
            assertEquals(
                    "dataset.validation: found 0, no images to validate on, expected validation images, since they are asked"
                            + " for; ask for the training or the test images",
                    assertThrows(InvalidInputException.class, () -> splits.get(Split.VALIDATION))
                            .getMessage());
        }
        assertEquals(
                1,
                split(config(0, null, 1), new Dataset("one", NumberedImages.of(1), NumberedImages.of(1), Map.of()), 1)
                        .train()
                        .count());
    }

    @Test
    @DisplayName(
            "may have validation images of the data set's own, the first ones if fewer are asked for, and train on all others")
    void validateOnAFile() {
        DataSplits all = split(config(null, ValidationFrom.FILE, null), WITH_FILE, 42);
        assertArrayEquals(IntStream.range(0, 50).toArray(), NumberedImages.numbers(all.validation()));
        assertArrayEquals(IntStream.range(0, 1000).toArray(), NumberedImages.numbers(all.train()));
        assertArrayEquals(
                IntStream.range(0, 20).toArray(),
                NumberedImages.numbers(split(config(20, ValidationFrom.FILE, null), WITH_FILE, 42)
                        .validation()));
    }

    @Test
    @DisplayName(
            "refuse validation images of a data set's own that it does not have, with the number of those that it has")
    void refusesMissingFile() {
        assertEquals(
                "dataset.validationFrom: found file, expected random or last, since numbers has no validation images of its"
                        + " own",
                assertThrows(
                                InvalidInputException.class,
                                () -> split(config(null, ValidationFrom.FILE, null), NUMBERS, 42))
                        .getMessage());
        assertEquals(
                "dataset.validation: found 51, expected 1 to 50, since numbers has 50 validation images",
                assertThrows(
                                InvalidInputException.class,
                                () -> split(config(51, ValidationFrom.FILE, null), WITH_FILE, 42))
                        .getMessage());
        assertEquals(
                "dataset.train: found 1001, expected 1 to 1000, since numbers has 1000 training images",
                assertThrows(
                                InvalidInputException.class,
                                () -> split(config(null, ValidationFrom.FILE, 1001), WITH_FILE, 42))
                        .getMessage());
    }

    @Test
    @DisplayName("are binarized once by a seed that is stated, whatever seed the experiment has")
    void binarizationSeed() {
        for (Binarization binarization : List.of(Binarization.FIXED, Binarization.STOCHASTIC)) {
            DataSplits first = seeded(binarization, 5L, 42);
            DataSplits second = seeded(binarization, 5L, 43);
            assertArrayEquals(all(first.test()), all(second.test()));
            assertArrayEquals(all(first.validation()), all(second.validation()));
            assertArrayEquals(all(first.get(Split.TRAIN)), all(second.get(Split.TRAIN)));
            assertFalse(Arrays.equals(
                    all(first.test()), all(seeded(binarization, 6L, 42).test())));
            assertArrayEquals(
                    all(seeded(binarization, null, 5).test()),
                    all(first.test()),
                    "without a seed of its own it is the experiment's");
        }
    }

    private static DataSplits seeded(Binarization binarization, Long binarizationSeed, long seed) {
        LabelledImages images = greys();
        DatasetConfig config = new DatasetConfig(
                "greys",
                null,
                null,
                null,
                null,
                ValidationSize.ofImages(100),
                ValidationFrom.LAST,
                null,
                null,
                binarization,
                binarizationSeed);
        return DataSplits.of(new Dataset("greys", images, images, Map.of()), config, new RandomStreams(seed));
    }

    @Test
    @DisplayName("a fraction to validate on is that of the images from which they are taken, and at least one image")
    void fractions() {
        for (ValidationFrom from : List.of(ValidationFrom.RANDOM, ValidationFrom.LAST)) {
            DataSplits tenth = split(sized(ValidationSize.ofFraction(0.1), from, null), NUMBERS, 42);
            assertArrayEquals(
                    NumberedImages.numbers(
                            split(config(100, from, null), NUMBERS, 42).validation()),
                    NumberedImages.numbers(tenth.validation()));
            assertEquals(900, tenth.train().count());
        }
        assertEquals(
                20,
                split(sized(ValidationSize.ofFraction(0.4), ValidationFrom.FILE, null), WITH_FILE, 42)
                        .validation()
                        .count());
        assertEquals(
                1,
                split(sized(ValidationSize.ofFraction(1e-9), null, null), NUMBERS, 42)
                        .validation()
                        .count());
        assertEquals(
                "dataset.validation: found 0.9999, expected 1 to 999, since numbers has 1000 training images and at least"
                        + " one is left to train on; the default is 10000, so smaller data sets need a value",
                assertThrows(
                                InvalidInputException.class,
                                () -> split(sized(ValidationSize.ofFraction(0.9999), null, null), NUMBERS, 42))
                        .getMessage());
    }

    private static DatasetConfig config(Integer validation, ValidationFrom from, Integer train) {
        return sized(validation == null ? null : ValidationSize.ofImages(validation), from, train);
    }

    private static DatasetConfig sized(ValidationSize validation, ValidationFrom from, Integer train) {
        return new DatasetConfig("numbers", null, null, null, null, validation, from, train, null, null, null);
    }

    private static DataSplits split(DatasetConfig config, Dataset dataset, long seed) {
        return DataSplits.of(dataset, config, new RandomStreams(seed));
    }

    /** 1000 images of a black pixel, two grey ones just below and above the half, and a white one. */
    private static LabelledImages greys() {
        byte[] pixels = new byte[4000];
        for (int image = 0; image < 1000; image++) {
            pixels[4 * image + 1] = 127;
            pixels[4 * image + 2] = (byte) 128;
            pixels[4 * image + 3] = (byte) 255;
        }
        return new LabelledImages(new ImageShape(1, 1, 4), pixels, new byte[1000]);
    }

    private static DataSplits binarized(Binarization binarization) {
        LabelledImages images = greys();
        return DataSplits.of(
                new Dataset("greys", images, images, Map.of()),
                new DatasetConfig("greys", null, null, null, 100, null, null, binarization),
                new RandomStreams(42));
    }

    private static void requireDrawn(ImageSubset images) {
        int white = 0;
        for (int image = 0; image < images.count(); image++) {
            float[] pixels = pixels(images, image);
            assertEquals(0, pixels[0]);
            assertEquals(1, pixels[3]);
            assertTrue(pixels[1] == 0 || pixels[1] == 1, "black or white");
            white += (int) (pixels[1] + pixels[2]);
        }
        double share = white / (2.0 * images.count());
        // Five standard deviations of the mean of as many draws.
        assertEquals(0.5, share, 5 * 0.5 / Math.sqrt(2.0 * images.count()));
    }

    private static float[] pixels(ImageSubset images, int image) {
        float[] pixels = new float[4];
        images.copyPixels(image, pixels, 0);
        return pixels;
    }

    private static float[] all(ImageSubset images) {
        float[] pixels = new float[4 * images.count()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 4 * image);
        }
        return pixels;
    }

    private static DataSplits split(Integer validation, Integer train, Integer test, long seed) {
        return DataSplits.of(
                NUMBERS,
                new DatasetConfig("numbers", null, null, null, validation, train, test, null),
                new RandomStreams(seed));
    }

    private static List<String> problems(Dataset dataset, Integer validation, Integer train, Integer test) {
        DatasetConfig config = new DatasetConfig("numbers", null, null, null, validation, train, test, null);
        RandomStreams streams = new RandomStreams(42);
        return assertThrows(InvalidInputException.class, () -> DataSplits.of(dataset, config, streams))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
