package dev.vaelab.data;

/** The memory that the JVM may take for its heap, in words for a person whose images do not fit into it. */
final class HeapLimit {
    private static final long MEGABYTE = 1 << 20;

    private static final long GIGABYTE = 1 << 30;

    /** Enough to decode any picture that is read at all. */
    private static final long USUAL = 4;

    private HeapLimit() {}

    /** For example {@code the heap of 512 MB}. */
    static String words() {
        return "the heap of " + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
    }

    /** How to get a larger one. */
    static String advice() {
        long gigabytes = Math.max(USUAL, 2 * (Runtime.getRuntime().maxMemory() / GIGABYTE));
        return "give Java more memory, with VAE_JAVA_OPTIONS=-Xmx" + gigabytes + "g for example";
    }

    /**
     * The error that memory ran out, if that is behind a failure: readers of pictures take it for one of the data.
     *
     * @return null if it is not
     */
    static OutOfMemoryError behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError memory) {
                return memory;
            }
        }
        return null;
    }
}
