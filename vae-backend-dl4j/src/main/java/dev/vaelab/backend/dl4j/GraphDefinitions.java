package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.backend.dl4j.layer.LinearDefinition.Side;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;

/** What the graphs of encoder and decoder have in common. */
final class GraphDefinitions {
    private GraphDefinitions() {}

    /** A graph with one input. The layers keep their own arrays, so workspaces are off. */
    static GraphBuilder graph(String input) {
        return new NeuralNetConfiguration.Builder()
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs(input);
    }

    /** An image as a side of a linear layer. */
    static Side side(ImageShape shape) {
        return Side.image(shape.channels(), shape.height(), shape.width());
    }
}
