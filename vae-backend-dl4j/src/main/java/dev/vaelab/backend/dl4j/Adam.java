package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.backend.dl4j.operation.AdamUpdate;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam with epsilon outside the bias-corrected root, over the whole parameter vector of each network.
 *
 * <p>Source: D. P. Kingma and J. Ba, 2014, arXiv:1412.6980, algorithm 1. With c1 = 1 - beta1^t and c2 = 1 - beta2^t, lr *
 * m / c1 / (sqrt(v / c2) + epsilon) = lr * sqrt(c2) / c1 * m / (sqrt(v) + epsilon * sqrt(c2)), which the engine's
 * operation computes in one go.
 */
final class Adam implements AutoCloseable {
    private final OptimizerSettings settings;
    private final List<Moments> moments;
    private final CanonicalTensors firstMoments = new CanonicalTensors();
    private final CanonicalTensors secondMoments = new CanonicalTensors();
    private long steps;

    /** Starts with moments of zero. */
    Adam(OptimizerSettings settings, List<Network> networks) {
        this.settings = settings;
        this.moments = networks.stream().map(Moments::new).toList();
        for (Moments vectors : moments) {
            firstMoments.putAll(vectors.network.tensorsIn(vectors.first));
            secondMoments.putAll(vectors.network.tensorsIn(vectors.second));
        }
    }

    /** Applies the gradients of the networks to their parameters. */
    void step(double learningRate) {
        steps++;
        // The operation holds the betas as float32; the correction must be that of the average that it really keeps.
        double firstCorrection = 1 - Math.pow((float) settings.beta1(), steps);
        double secondRoot = Math.sqrt(1 - Math.pow((float) settings.beta2(), steps));
        double rate = learningRate * secondRoot / firstCorrection;
        moments.forEach(vector -> vector.step(rate, settings.epsilon() * secondRoot));
    }

    /** Updates made so far. */
    long steps() {
        return steps;
    }

    /** Goes on from another number of updates. */
    void setSteps(long steps) {
        this.steps = steps;
    }

    /** The first moments under the canonical names of their parameters. */
    CanonicalTensors firstMoments() {
        return firstMoments;
    }

    /** The second moments under the canonical names of their parameters. */
    CanonicalTensors secondMoments() {
        return secondMoments;
    }

    @Override
    public void close() {
        moments.forEach(Moments::close);
    }

    /** The moments of one network. */
    private final class Moments implements AutoCloseable {
        private final Network network;
        private final INDArray first;
        private final INDArray second;
        private final INDArray update;
        private final AdamUpdate computeUpdate;
        private final Operation applyUpdate;

        Moments(Network network) {
            this.network = network;
            INDArray parameters = network.parameters();
            first = Arrays.zeros(parameters.shape());
            second = Arrays.zeros(parameters.shape());
            update = Arrays.uninitialized(parameters.shape());
            computeUpdate = Operations.adamUpdate(network.gradients(), first, second, update);
            applyUpdate = Operations.difference(parameters, update, parameters);
        }

        void step(double rate, double epsilon) {
            // The engine's operation takes a rate of 0 for an underflow and replaces it.
            computeUpdate.run(rate == 0 ? 1 : rate, settings.beta1(), settings.beta2(), epsilon);
            if (rate != 0) {
                applyUpdate.run();
            }
        }

        @Override
        public void close() {
            List.of(first, second, update).forEach(INDArray::close);
        }
    }
}
