package dev.vaelab.api.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data set as it comes: images to learn from and images to test on, before any split for validation, and perhaps images to
 * validate on.
 *
 * @param name for people and provenance
 * @param training images to learn from, at least one
 * @param validation images to validate on, of the same shape, at least one; nothing for a data set that has none of its own
 * @param test images to test on, of the same shape, at least one
 * @param checksums SHA-256 in hexadecimal of every uncompressed file that was read, by file name; of data in many files, one
 *     for all of them
 * @param classNames what the labels stand for, the name of label 0 first; empty where nobody knows
 */
public record Dataset(
        String name,
        LabelledImages training,
        Optional<LabelledImages> validation,
        LabelledImages test,
        Map<String, String> checksums,
        List<String> classNames) {
    /** @throws IllegalArgumentException if training images and others differ in shape, or one of them has no image */
    public Dataset {
        if (!training.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "training images are " + training.shape() + ", test images are " + test.shape());
        }
        if (training.count() == 0 || test.count() == 0) {
            throw new IllegalArgumentException("a data set needs images, found " + training.count() + " to train and "
                    + test.count() + " to test");
        }
        validation.ifPresent(images -> {
            if (!images.shape().equals(training.shape()) || images.count() == 0) {
                throw new IllegalArgumentException("training images are " + training.shape() + ", found "
                        + images.count() + " validation images of " + images.shape());
            }
        });
        checksums = Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
        classNames = List.copyOf(classNames);
    }

    /** A data set without validation images of its own. */
    public Dataset(
            String name,
            LabelledImages training,
            LabelledImages test,
            Map<String, String> checksums,
            List<String> classNames) {
        this(name, training, Optional.empty(), test, checksums, classNames);
    }

    /** A data set without validation images of its own whose labels are numbers and nothing else. */
    public Dataset(String name, LabelledImages training, LabelledImages test, Map<String, String> checksums) {
        this(name, training, test, checksums, List.of());
    }

    /**
     * How many classes there are: labels go from 0 to one less. As many as have names, and at least so many that every label has
     * its class; 1 where nobody has labelled the images.
     */
    public int classes() {
        IntStream largest =
                Stream.concat(Stream.of(training, test), validation.stream()).mapToInt(LabelledImages::largestLabel);
        return Math.max(classNames.size(), 1 + largest.max().orElseThrow());
    }

    /** What a label stands for; nothing if nobody knows. */
    public Optional<String> className(int label) {
        return label < classNames.size() ? Optional.of(classNames.get(label)) : Optional.empty();
    }
}
