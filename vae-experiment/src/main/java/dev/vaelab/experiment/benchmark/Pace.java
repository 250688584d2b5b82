package dev.vaelab.experiment.benchmark;

/**
 * How long something took for so many images.
 *
 * @param images how many, at least one
 * @param seconds wall-clock time for all of them
 */
public record Pace(long images, double seconds) {
    /** Images in a second. */
    public double speed() {
        return images / seconds;
    }

    /** Seconds for an image. */
    public double each() {
        return seconds / images;
    }
}
