package dev.vaelab.report.explore;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;

/**
 * What there is to explore.
 *
 * @param name of the experiment
 * @param run where the weights come from, for a person
 * @param seed of the experiment
 * @param request the trained model, for any engine
 * @param images the test images
 * @param streams the experiment's random streams
 */
public record ExploredModel(
        String name, Path run, long seed, ModelRequest request, ImageSubset images, RandomStreams streams) {}
