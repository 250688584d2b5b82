package dev.vaelab.data;

import java.util.List;

/** The files of a data set, named as MNIST names them, and those of validation images that a data set may have of its own. */
enum IdxPart {
    TRAINING_IMAGES("train-images", IdxKind.IMAGES),
    TRAINING_LABELS("train-labels", IdxKind.LABELS),
    TEST_IMAGES("t10k-images", IdxKind.IMAGES),
    TEST_LABELS("t10k-labels", IdxKind.LABELS),
    VALIDATION_IMAGES("validation-images", IdxKind.IMAGES),
    VALIDATION_LABELS("validation-labels", IdxKind.LABELS);

    /** The files that every data set has. */
    static final List<IdxPart> OF_EVERY_DATASET = List.of(TRAINING_IMAGES, TRAINING_LABELS, TEST_IMAGES, TEST_LABELS);

    private final String stem;
    private final IdxKind kind;

    IdxPart(String stem, IdxKind kind) {
        this.stem = stem;
        this.kind = kind;
    }

    /** What the file holds. */
    IdxKind kind() {
        return kind;
    }

    /** The original name, for example {@code train-images-idx3-ubyte}. */
    String fileName() {
        return stem + "-" + suffix();
    }

    private String suffix() {
        return "idx" + kind.dimensions() + "-ubyte";
    }
}
