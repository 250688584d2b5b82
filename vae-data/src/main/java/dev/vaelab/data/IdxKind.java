package dev.vaelab.data;

/** What an IDX file of unsigned bytes holds, told by its number of dimensions. */
enum IdxKind {
    /** Grey images: number of images, rows, columns. */
    IMAGES("images", 3, "0 (black) to 255 (white)"),
    /** Labels: number of labels. */
    LABELS("labels", 1, "0 to 255");

    private final String description;
    private final int dimensions;
    private final String range;

    IdxKind(String description, int dimensions, String range) {
        this.description = description;
        this.dimensions = dimensions;
        this.range = range;
    }

    /** Number of sizes in the header. */
    int dimensions() {
        return dimensions;
    }

    /** The first four bytes of such a file. */
    IdxMagic magic() {
        return IdxMagic.ofUnsignedBytes(dimensions);
    }

    /** Which values there may be. */
    String range() {
        return range;
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
