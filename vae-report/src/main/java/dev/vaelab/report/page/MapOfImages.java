package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.report.latent.ImageMap;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A run's map of its latent space, inside the page.
 *
 * @param points the map
 * @param thumbnails the picture of its images as a {@code data:} address; null if there is none, or if it would be most of
 *     the page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MapOfImages(ImageMap points, String thumbnails) {
    private static final long MOST_BYTES = 1_500_000;

    /** The map of a run; null if there is none. */
    static MapOfImages read(RunFolder run) {
        if (!RegularFiles.isThere(run.latentMap())) {
            return null;
        }
        return new MapOfImages(
                JsonText.readFile(run.latentMap(), ImageMap.class),
                small(run) ? Picture.source(run.latentMapThumbnails()) : null);
    }

    private static boolean small(RunFolder run) {
        try {
            return Files.isRegularFile(run.latentMapThumbnails())
                    && Files.size(run.latentMapThumbnails()) <= MOST_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
