package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The splits of a data set")
class DataSplitsTest {
    private static final Dataset NUMBERS =
            new Dataset("numbers", NumberedImages.of(1000), NumberedImages.of(200), Map.of());

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
                        "dataset.validation: found 0, expected 1 to 999, since numbers has 1000 training images and at"
                                + " least one is left to train on; the default is 10000, so smaller data sets need a"
                                + " value",
                        "dataset.train: found 0, expected 1 to 999, since numbers has 1000 training images and"
                                + " validation takes at least one",
                        "dataset.test: found -1, expected 1 to 200, since numbers has 200 test images"),
                problems(NUMBERS, 0, 0, -1));
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

    private static DataSplits split(Integer validation, Integer train, Integer test, long seed) {
        return DataSplits.of(
                NUMBERS,
                new DatasetConfig("numbers", null, null, null, validation, train, test),
                new RandomStreams(seed));
    }

    private static List<String> problems(Dataset dataset, Integer validation, Integer train, Integer test) {
        DatasetConfig config = new DatasetConfig("numbers", null, null, null, validation, train, test);
        RandomStreams streams = new RandomStreams(42);
        return assertThrows(InvalidInputException.class, () -> DataSplits.of(dataset, config, streams))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
