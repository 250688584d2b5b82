package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the IDX files of a data set together, and goes on after a problem to find the others. */
final class IdxDatasetReader {
    private final Map<IdxPart, IdxSource> sources;
    private final List<Problem> problems;
    private final Map<IdxPart, IdxFile> files = new EnumMap<>(IdxPart.class);
    private boolean columnsFirst;
    private List<String> classNames = List.of();

    /**
     * Prepares to read.
     *
     * @param sources the files that there are
     * @param problems what is already known to be wrong, a missing file for example; reported with the rest
     */
    IdxDatasetReader(Map<IdxPart, IdxSource> sources, List<Problem> problems) {
        this.sources = sources;
        this.problems = new ArrayList<>(problems);
    }

    /** Prepares to read files that have the columns of an image where others have its rows. */
    IdxDatasetReader withColumnsFirst() {
        columnsFirst = true;
        return this;
    }

    /** Prepares to read files whose labels stand for these classes, that of label 0 first. */
    IdxDatasetReader withClassNames(List<String> names) {
        classNames = List.copyOf(names);
        return this;
    }

    /**
     * Reads the files and checks them against each other.
     *
     * @param name of the data set
     * @throws InvalidInputException with everything that is wrong
     */
    Dataset read(String name) {
        sources.forEach(this::readFile);
        requireSameCount(IdxPart.TRAINING_IMAGES, IdxPart.TRAINING_LABELS);
        requireSameCount(IdxPart.TEST_IMAGES, IdxPart.TEST_LABELS);
        requireSameCount(IdxPart.VALIDATION_IMAGES, IdxPart.VALIDATION_LABELS);
        requireSameShape(IdxPart.TEST_IMAGES);
        requireSameShape(IdxPart.VALIDATION_IMAGES);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Map<String, String> checksums = new LinkedHashMap<>();
        files.forEach((part, file) -> checksums.put(sources.get(part).name(), file.sha256()));
        return new Dataset(
                name,
                labelledImages(IdxPart.TRAINING_IMAGES, IdxPart.TRAINING_LABELS),
                files.containsKey(IdxPart.VALIDATION_IMAGES)
                        ? Optional.of(labelledImages(IdxPart.VALIDATION_IMAGES, IdxPart.VALIDATION_LABELS))
                        : Optional.empty(),
                labelledImages(IdxPart.TEST_IMAGES, IdxPart.TEST_LABELS),
                checksums,
                classNames.isEmpty() ? KnownClasses.of(checksums.values()) : classNames);
    }

    private void readFile(IdxPart part, IdxSource source) {
        try {
            files.put(
                    part,
                    new IdxReader(source, part.kind(), Runtime.getRuntime().maxMemory()).read());
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        }
    }

    private void requireSameCount(IdxPart images, IdxPart labels) {
        if (files.containsKey(images) && files.containsKey(labels)) {
            int expected = files.get(images).count();
            int found = files.get(labels).count();
            if (found != expected) {
                problems.add(Problem.of(
                        sources.get(labels).place(),
                        found + " labels",
                        expected + ", one for each image of "
                                + sources.get(images).name()));
            }
        }
    }

    private void requireSameShape(IdxPart images) {
        if (files.containsKey(IdxPart.TRAINING_IMAGES) && files.containsKey(images)) {
            ImageShape expected = shape(IdxPart.TRAINING_IMAGES);
            ImageShape found = shape(images);
            if (!found.equals(expected)) {
                problems.add(Problem.of(
                        sources.get(images).place(),
                        "images of " + found,
                        expected + ", as in "
                                + sources.get(IdxPart.TRAINING_IMAGES).name()));
            }
        }
    }

    private LabelledImages labelledImages(IdxPart images, IdxPart labels) {
        ImageShape shape = shape(images);
        byte[] pixels = files.get(images).values();
        if (columnsFirst) {
            transpose(pixels, shape);
        }
        return new LabelledImages(shape, pixels, files.get(labels).values());
    }

    private ImageShape shape(IdxPart images) {
        List<Integer> sizes = files.get(images).sizes();
        return columnsFirst
                ? new ImageShape(1, sizes.get(2), sizes.get(1))
                : new ImageShape(1, sizes.get(1), sizes.get(2));
    }

    /** In place, image by image, from columns to rows. */
    private static void transpose(byte[] pixels, ImageShape shape) {
        byte[] columns = new byte[shape.size()];
        for (int start = 0; start < pixels.length; start += columns.length) {
            System.arraycopy(pixels, start, columns, 0, columns.length);
            for (int row = 0; row < shape.height(); row++) {
                for (int column = 0; column < shape.width(); column++) {
                    pixels[start + row * shape.width() + column] = columns[column * shape.height() + row];
                }
            }
        }
    }
}
