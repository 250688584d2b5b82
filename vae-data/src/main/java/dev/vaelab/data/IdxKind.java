package dev.vaelab.data;

/** What an IDX file of unsigned bytes holds, told by its number of dimensions. */
enum IdxKind {
    /** Grey images: number of images, rows, columns. */
    IMAGES("images", 3),
    /** Labels: number of labels. */
    LABELS("labels", 1);

    private static final int MAGIC_OF_UNSIGNED_BYTES = 0x0800;

    private final String description;
    private final int dimensions;

    IdxKind(String description, int dimensions) {
        this.description = description;
        this.dimensions = dimensions;
    }

    /** Number of sizes in the header. */
    int dimensions() {
        return dimensions;
    }

    /** The first four bytes of such a file as a big-endian number. */
    int magic() {
        return MAGIC_OF_UNSIGNED_BYTES + dimensions;
    }

    /** Bytes before the first value. */
    int headerBytes() {
        return Integer.BYTES * (1 + dimensions);
    }

    /** The other kind, which people put in its place. */
    IdxKind other() {
        return this == IMAGES ? LABELS : IMAGES;
    }

    /** The plural word for the content. */
    @Override
    public String toString() {
        return description;
    }
}
