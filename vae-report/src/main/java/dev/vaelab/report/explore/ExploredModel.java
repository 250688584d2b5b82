package dev.vaelab.report.explore;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What there is to explore.
 *
 * @param name of the experiment
 * @param run where the weights come from, for a person
 * @param seed of the experiment
 * @param request the trained model, for any engine
 * @param images the test images; nothing where they are not at hand, which leaves the latents to walk through
 * @param classNames what the labels stand for, the name of label 0 first; as many as are known
 * @param recorded how the model uses its dimensions, as the run has recorded it, for want of images to measure it on
 * @param streams the experiment's random streams
 */
public record ExploredModel(
        String name,
        Path run,
        long seed,
        ModelRequest request,
        Optional<ImageSubset> images,
        List<String> classNames,
        Optional<LatentStatistics> recorded,
        RandomStreams streams) {
    /** Copies the list. */
    public ExploredModel {
        classNames = List.copyOf(classNames);
    }

    /** Labels of a conditional model; 0 for another one. */
    int classes() {
        return request.architecture().classes();
    }

    /** Dimensions of the latent space. */
    int latent() {
        return request.architecture().latent();
    }
}
