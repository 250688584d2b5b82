package dev.vaelab.api.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set as it comes: images to learn from and images to test on, before any split for validation.
 *
 * @param name for people and provenance
 * @param training images to learn from, at least one
 * @param test images to test on, of the same shape, at least one
 * @param checksums SHA-256 in hexadecimal of every uncompressed file that was read, by file name; of data in many files, one
 *     for all of them
 * @param classNames what the labels stand for, the name of label 0 first; empty where nobody knows
 */
public record Dataset(
        String name,
        LabelledImages training,
        LabelledImages test,
        Map<String, String> checksums,
        List<String> classNames) {
    /** @throws IllegalArgumentException if training and test images differ in shape, or one of them has no image */
    public Dataset {
        if (!training.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "training images are " + training.shape() + ", test images are " + test.shape());
        }
        if (training.count() == 0 || test.count() == 0) {
            throw new IllegalArgumentException("a data set needs images, found " + training.count() + " to train and "
                    + test.count() + " to test");
        }
        checksums = Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
        classNames = List.copyOf(classNames);
    }

    /** A data set whose labels are numbers and nothing else. */
    public Dataset(String name, LabelledImages training, LabelledImages test, Map<String, String> checksums) {
        this(name, training, test, checksums, List.of());
    }

    /** What a label stands for; nothing if nobody knows. */
    public Optional<String> className(int label) {
        return label < classNames.size() ? Optional.of(classNames.get(label)) : Optional.empty();
    }
}
