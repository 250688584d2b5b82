package dev.vaelab.data;

/** The four files of a data set, named as MNIST names them. */
enum IdxPart {
    TRAINING_IMAGES("train-images", IdxKind.IMAGES),
    TRAINING_LABELS("train-labels", IdxKind.LABELS),
    TEST_IMAGES("t10k-images", IdxKind.IMAGES),
    TEST_LABELS("t10k-labels", IdxKind.LABELS);

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
