package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Scaling;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shortens all gradients together to the length that {@link ModelRequest#clipNorm()} allows. */
final class GradientClipping {
    private final ModelRequest request;
    private final List<INDArray> gradients;
    private final Scaling scaling = new Scaling();

    /** Clips the gradients of all networks together. */
    GradientClipping(ModelRequest request, List<Network> networks) {
        this.request = request;
        this.gradients = networks.stream().map(Network::gradients).toList();
    }

    /** Clips in place, if there is a limit. */
    void apply() {
        if (request.clips()) {
            double factor = request.clippingFactor(length());
            gradients.forEach(vector -> scaling.apply(vector, factor));
        }
    }

    /** In float64: the engine's sum of a million squares in float32 keeps four digits. */
    private double length() {
        double squares = 0;
        for (INDArray vector : gradients) {
            FloatBuffer entries = Arrays.floats(vector);
            for (int index = 0; index < entries.limit(); index++) {
                double entry = entries.get(index);
                squares += entry * entry;
            }
        }
        return Math.sqrt(squares);
    }
}
