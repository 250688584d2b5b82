package dev.vaelab.report.latent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Test images as points of a plane: the posterior means of a model, or what can be seen of them in two dimensions.
 *
 * @param projection how latents became points
 * @param explained shares of the variance of the means that the two axes hold, from 0 to 1; null for the means themselves
 * @param testImages how many test images there are; the map shows some of them
 * @param thumbnails the picture of the images of all points
 * @param points one for each image that is shown, in the order of the thumbnails
 */
public record ImageMap(
        Projection projection,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Double> explained,
        int testImages,
        Thumbnails thumbnails,
        List<Point> points) {
    /** Copies the lists. */
    public ImageMap {
        explained = explained == null ? null : List.copyOf(explained);
        points = List.copyOf(points);
    }

    /** The ways from a latent to a point. */
    public enum Projection {
        /** None: the latent space is a plane, or a line, which is then the first axis. */
        @JsonProperty("means")
        MEANS,
        /** The first two principal components of the means. */
        @JsonProperty("principal components")
        PRINCIPAL_COMPONENTS
    }

    /**
     * How {@code latent-map.png} is laid out.
     *
     * @param width pixels of a thumbnail
     * @param height likewise
     * @param columns thumbnails of a row
     */
    public record Thumbnails(int width, int height, int columns) {}

    /**
     * One image.
     *
     * @param image its number among the test images, from 0
     * @param label its label
     * @param x its place on the first axis
     * @param y its place on the second axis
     */
    public record Point(int image, int label, double x, double y) {}

    /**
     * Draws a map.
     *
     * @param posteriors of the images that it shows
     * @param images numbers of the images
     * @param labels their labels
     */
    static ImageMap of(PosteriorValues posteriors, int[] images, int[] labels, int testImages, Thumbnails thumbnails) {
        LatentPlane plane = LatentPlane.of(posteriors);
        double[][] points = plane.points(posteriors);
        return new ImageMap(
                plane.principal() ? Projection.PRINCIPAL_COMPONENTS : Projection.MEANS,
                plane.principal() ? Arrays.stream(plane.shares()).boxed().toList() : null,
                testImages,
                thumbnails,
                IntStream.range(0, images.length)
                        .mapToObj(point -> new Point(images[point], labels[point], points[point][0], points[point][1]))
                        .toList());
    }
}
