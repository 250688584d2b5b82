package dev.vaelab.report.explore;

import dev.vaelab.api.model.ImageShape;
import java.util.List;

/**
 * What the page is told when it opens.
 *
 * @param name of the experiment
 * @param run the folder, as it was named
 * @param seed of the experiment
 * @param engines one, or the two that are put side by side
 * @param image shape of the images
 * @param testImages how many test images there are to choose from
 * @param mappedImages on how many of them map and dimensions are measured: the first ones
 * @param prior how many samples of the prior there are to ask for
 * @param dimensions those that tell most about an image first
 * @param examples the first test image of each label
 * @param map null if the latent space has no plane to show
 */
record Description(
        String name,
        String run,
        long seed,
        List<String> engines,
        ImageShape image,
        int testImages,
        int mappedImages,
        int prior,
        List<LatentAxis> dimensions,
        List<Integer> examples,
        LatentMap map) {}
