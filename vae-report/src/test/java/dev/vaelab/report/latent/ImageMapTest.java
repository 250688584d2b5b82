package dev.vaelab.report.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.latent.ImageMap.Point;
import dev.vaelab.report.latent.ImageMap.Projection;
import dev.vaelab.report.latent.ImageMap.Thumbnails;
import dev.vaelab.training.PosteriorValues;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A map of the latent space")
final class ImageMapTest {
    private static final Thumbnails THUMBNAILS = new Thumbnails(28, 28, 2);
    private static final int[] IMAGES = {3, 8};
    private static final int[] LABELS = {7, 1};

    @Test
    @DisplayName("of two dimensions shows the posterior means themselves")
    void plane() {
        ImageMap map = ImageMap.of(posteriors(2, 0.5f, -1, 2, 3), IMAGES, LABELS, 10, THUMBNAILS);
        assertEquals(Projection.MEANS, map.projection());
        assertNull(map.explained());
        assertEquals(List.of(new Point(3, 7, 0.5, -1), new Point(8, 1, 2, 3)), map.points());
    }

    @Test
    @DisplayName("of one dimension is a line")
    void line() {
        ImageMap map = ImageMap.of(posteriors(1, 0.5f, -1), IMAGES, LABELS, 10, THUMBNAILS);
        assertEquals(List.of(new Point(3, 7, 0.5, 0), new Point(8, 1, -1, 0)), map.points());
    }

    @Test
    @DisplayName("of more dimensions shows the first two principal components and says how much they hold")
    void components() {
        ImageMap map = ImageMap.of(posteriors(3, 1, 3, 0, 1, -3, 0), IMAGES, LABELS, 10, THUMBNAILS);
        assertEquals(Projection.PRINCIPAL_COMPONENTS, map.projection());
        assertEquals(List.of(1.0, 0.0), map.explained());
        assertEquals(3, map.points().get(0).x(), 1e-12);
        assertEquals(-3, map.points().get(1).x(), 1e-12);
    }

    @Test
    @DisplayName("is read back as it was written")
    void roundTrip() {
        ImageMap map = ImageMap.of(posteriors(3, 0.1f, 3, 0, 1, -3, 0.7f), IMAGES, LABELS, 10, THUMBNAILS);
        assertEquals(map, JsonText.read(JsonText.line(map), ImageMap.class));
    }

    private static PosteriorValues posteriors(int latent, float... means) {
        return new PosteriorValues(latent, means, new float[means.length]);
    }
}
