package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.backend.dl4j.layer.BatchNormalizationDefinition;
import dev.vaelab.backend.dl4j.layer.ConvolutionDefinition;
import dev.vaelab.backend.dl4j.layer.LinearDefinition;
import dev.vaelab.backend.dl4j.layer.LinearDefinition.Side;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The encoder: convolutions with batch normalization, a linear layer, and two linear heads, as one graph. */
final class Dl4jEncoder implements TrainableEncoder, AutoCloseable {
    private final ImageShape shape;
    private final Scopes scopes;
    private final Network network;
    private final ImageBuffer images;
    private final VectorBuffer meanGradient = new VectorBuffer();
    private final VectorBuffer logVarianceGradient = new VectorBuffer();

    /**
     * Builds the encoder with undefined weights.
     *
     * @param scopes own what it computes
     */
    Dl4jEncoder(Architecture architecture, Scopes scopes) {
        this.shape = architecture.image();
        this.scopes = scopes;
        this.network = new Network("encoder.", graph(architecture));
        this.images = new ImageBuffer(shape);
    }

    private static ComputationGraphConfiguration graph(Architecture architecture) {
        GraphBuilder graph = GraphDefinitions.graph("images");
        String last = "images";
        for (int layer = 1; layer <= architecture.convolutions(); layer++) {
            int in = architecture.channelsInto(layer - 1);
            int out = architecture.channels().get(layer - 1);
            String convolution = "conv" + layer;
            String normalization = "bn" + layer;
            graph.addLayer(convolution, new ConvolutionDefinition(in, out, layer == 1), last);
            graph.addLayer(normalization, new BatchNormalizationDefinition(out), convolution);
            last = normalization;
        }
        Side features = GraphDefinitions.side(architecture.features());
        Side hidden = Side.vector(architecture.hidden());
        Side latent = Side.vector(architecture.latent());
        return graph.addLayer("fc", new LinearDefinition(features, hidden, true), last)
                .addLayer("mean", new LinearDefinition(hidden, latent, false), "fc")
                .addLayer("log_variance", new LinearDefinition(hidden, latent, false), "fc")
                .setOutputs("mean", "log_variance")
                .build();
    }

    /** The graph. */
    Network network() {
        return network;
    }

    @Override
    public Posterior<INDArray> encode(INDArray batch, Phase phase) {
        scopes.requireBatch("images", batch, shape.channels(), shape.height(), shape.width());
        List<INDArray> outputs = network.forward(images.fill(batch), phase);
        return new Posterior<>(scopes.copy(outputs.get(0)), scopes.copy(outputs.get(1)));
    }

    @Override
    public void backward(Posterior<INDArray> gradient) {
        network.backward(meanGradient.fill(gradient.mean()), logVarianceGradient.fill(gradient.logVariance()));
    }

    @Override
    public void close() {
        network.close();
        images.close();
        meanGradient.close();
        logVarianceGradient.close();
    }
}
