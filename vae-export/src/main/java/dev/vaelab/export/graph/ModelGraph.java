package dev.vaelab.export.graph;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.Operand;
import java.util.List;

/**
 * What the encoder and the decoder of a model compute, from what goes in to what comes out. A sampler and a prior are no part of
 * either: whoever uses the files draws latents as he likes.
 */
public final class ModelGraph {
    /** Input of an encoder, output of a decoder: [images, channels, height, width], pixels in [0,1]. */
    public static final String IMAGES = "images";

    /** Input of a decoder, [images, latent]. */
    public static final String LATENT = "latent";

    /** Second input of both where the model is conditional: a whole number for each image, [images]. */
    public static final String LABEL = "label";

    /** First output of an encoder, [images, latent]. */
    public static final String MEAN = "mean";

    /** Second output of an encoder: natural logarithms of the variances, [images, latent]. */
    public static final String LOG_VARIANCE = "log_variance";

    private ModelGraph() {}

    /** Images, and labels where the model knows them, to mean and log-variance. */
    public static <V> void encoder(Architecture architecture, GraphBuilder<V> graph) {
        ImageShape image = architecture.image();
        V input = graph.input(IMAGES, pixels(architecture));
        if (architecture.conditional()) {
            V rows = graph.rows(graph.labels(LABEL), architecture.classes(), input);
            boolean values = architecture.encoder().input().size() == 1;
            input = values
                    ? graph.concatenate(graph.layer(new Layer.Flatten(), input), rows)
                    : graph.concatenate(
                            input, graph.planes(rows, architecture.classes(), image.height(), image.width()));
        }
        V features = run(architecture.encoder(), graph, input);
        List<Layer.Linear> heads = architecture.encoder().heads();
        List<Integer> latent = List.of(architecture.latent());
        graph.output(MEAN, latent, graph.layer(heads.get(0), features));
        graph.output(LOG_VARIANCE, latent, graph.layer(heads.get(1), features));
    }

    /**
     * Latents, and labels where the model knows them, to the expected images, which are what {@code decode} writes.
     *
     * @throws InvalidInputException if the likelihood computes them by what no graph here has
     */
    public static <V> void decoder(ExportedModel model, GraphBuilder<V> graph) {
        Architecture architecture = model.architecture();
        V input = graph.input(LATENT, List.of(architecture.latent()));
        if (architecture.conditional()) {
            input = graph.concatenate(input, graph.rows(graph.labels(LABEL), architecture.classes(), input));
        }
        V logits = run(architecture.decoder(), graph, input);
        FormulaOperations<V> formula =
                new FormulaOperations<>(graph, model.objective().likelihood(), logits);
        Operand<Symbol<V>> images = model.objective()
                .likelihood()
                .mean(
                        new Operand<>(formula, formula.argument(pixels(architecture))),
                        name -> new Operand<>(
                                formula,
                                formula.tensor(
                                        "likelihood." + name, model.weights().get("likelihood." + name))));
        graph.output(IMAGES, pixels(architecture), images.value().node().get());
    }

    private static <V> V run(NetworkSpecification network, GraphBuilder<V> graph, V input) {
        V features = input;
        for (Layer layer : network.layers()) {
            features = graph.layer(layer, features);
        }
        return features;
    }

    private static List<Integer> pixels(Architecture architecture) {
        ImageShape image = architecture.image();
        return List.of(image.channels(), image.height(), image.width());
    }
}
