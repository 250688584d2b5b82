package dev.vaelab.report.explore;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.training.Pair;
import java.util.List;

/**
 * What the page is told when it opens.
 *
 * @param name of the experiment
 * @param run the folder, as it was named
 * @param seed of the experiment
 * @param engines one, or those that are put side by side
 * @param pairs of engines whose images are compared, in the order of {@link Decoded#differences()}
 * @param image shape of the images
 * @param testImages how many test images there are to choose from; 0 where they are not at hand
 * @param mappedImages on how many test images map and dimensions are measured: the first ones; 0 if they are not
 * @param prior how many samples of the prior there are to ask for
 * @param labels how many labels there are to choose from, the first of which is 0; 0 for a model that is not conditional
 * @param dimensions those that tell most about an image first
 * @param classNames what the labels stand for, the name of label 0 first; as many as are known
 * @param examples the first test image of each label
 * @param map null if the latent space has no plane to show
 */
record Description(
        String name,
        String run,
        long seed,
        List<String> engines,
        List<Pair<String>> pairs,
        ImageShape image,
        int testImages,
        int mappedImages,
        int prior,
        int labels,
        List<LatentAxis> dimensions,
        List<String> classNames,
        List<Integer> examples,
        LatentMap map) {}
