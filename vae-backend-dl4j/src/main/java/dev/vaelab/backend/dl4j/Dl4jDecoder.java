package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Phase;
import dev.vaelab.backend.dl4j.layer.BatchNormalizationDefinition;
import dev.vaelab.backend.dl4j.layer.LinearDefinition;
import dev.vaelab.backend.dl4j.layer.LinearDefinition.Side;
import dev.vaelab.backend.dl4j.layer.TransposedConvolutionDefinition;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The decoder: two linear layers, then transposed convolutions with batch normalization between them, as one graph. */
final class Dl4jDecoder implements TrainableDecoder, AutoCloseable {
    private final int latent;
    private final Scopes scopes;
    private final Network network;
    private final VectorBuffer latents = new VectorBuffer();
    private final ChannelsFirst channelsFirst = new ChannelsFirst();
    private final ImageBuffer logitsGradient;

    /**
     * Builds the decoder with undefined weights.
     *
     * @param scopes own what it computes
     */
    Dl4jDecoder(Architecture architecture, Scopes scopes) {
        this.latent = architecture.latent();
        this.scopes = scopes;
        this.network = new Network("decoder.", graph(architecture));
        this.logitsGradient = new ImageBuffer(architecture.image());
    }

    private static ComputationGraphConfiguration graph(Architecture architecture) {
        Side hidden = Side.vector(architecture.hidden());
        Side features = GraphDefinitions.side(architecture.features());
        GraphBuilder graph = GraphDefinitions.graph("latents")
                .addLayer("fc1", new LinearDefinition(Side.vector(architecture.latent()), hidden, true), "latents")
                .addLayer("fc2", new LinearDefinition(hidden, features, true), "fc1");
        String last = "fc2";
        for (int layer = 1; layer <= architecture.convolutions(); layer++) {
            int mirrored = architecture.convolutions() - layer;
            int in = architecture.channels().get(mirrored);
            int out = architecture.channelsInto(mirrored);
            String convolution = "deconv" + layer;
            boolean normalized = mirrored > 0;
            graph.addLayer(convolution, new TransposedConvolutionDefinition(in, out, normalized), last);
            last = convolution;
            if (normalized) {
                String normalization = "bn" + layer;
                graph.addLayer(normalization, new BatchNormalizationDefinition(out), convolution);
                last = normalization;
            }
        }
        return graph.setOutputs(last).build();
    }

    /** The graph. */
    Network network() {
        return network;
    }

    @Override
    public INDArray decode(INDArray batch, Phase phase) {
        scopes.requireBatch("latents", batch, latent);
        INDArray logits = network.forward(latents.fill(batch), phase).get(0);
        return scopes.copy(channelsFirst.of(logits));
    }

    @Override
    public INDArray backward(INDArray gradient) {
        network.backward(logitsGradient.fill(gradient));
        return network.inputGradient();
    }

    @Override
    public void close() {
        network.close();
        latents.close();
        logitsGradient.close();
    }
}
