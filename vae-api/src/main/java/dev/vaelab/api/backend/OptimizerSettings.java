package dev.vaelab.api.backend;

import java.util.List;
import java.util.function.Function;

/**
 * How a training step changes the weights. The learning rate comes with each step.
 *
 * <p>Whatever an optimizer remembers lies in <em>slots</em>: each holds one value for every entry of every trainable
 * tensor, zero at the beginning.
 */
public sealed interface OptimizerSettings {
    /** The recipe's Adam: 0.9, 0.999, 1e-8, without weight decay. */
    Adam ADAM = new Adam(0.9, 0.999, 1e-8, 0);

    /** Names of the slots, in a fixed order. */
    List<String> slots();

    /** The answer for these settings. Whoever adds an optimizer adds a case here, and nobody who asks compiles without it. */
    <R> R match(Function<Adam, R> adam, Function<Sgd, R> sgd);

    /**
     * Adam (D. P. Kingma and J. Ba, 2014, arXiv:1412.6980, algorithm 1), as PyTorch computes it: with step t counted from
     * 1, weight -= learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon).
     *
     * <p>With weight decay it is AdamW (I. Loshchilov and F. Hutter, 2019, arXiv:1711.05101, algorithm 2): every trainable
     * tensor, biases included, is first multiplied by 1 - learningRate * weightDecay. {@link
     * dev.vaelab.api.tensor.TensorRole#ABSORBED} ones, too: their gradient is zero, so that decay is all that changes them, and
     * an evaluation sees it, since the running means hold the biases of earlier steps.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon added outside the bias-corrected root
     * @param weightDecay share of a weight that is taken away with each unit of the learning rate; 0 for plain Adam
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements OptimizerSettings {
        /** Slot of the running means of the gradients, m. */
        public static final String FIRST_MOMENT = "first_moment";

        /** Slot of the running means of the squared gradients, v. */
        public static final String SECOND_MOMENT = "second_moment";

        @Override
        public List<String> slots() {
            return List.of(FIRST_MOMENT, SECOND_MOMENT);
        }

        @Override
        public <R> R match(Function<Adam, R> adam, Function<Sgd, R> sgd) {
            return adam.apply(this);
        }

        /** The same with another weight decay. */
        public Adam withWeightDecay(double share) {
            return new Adam(beta1, beta2, epsilon, share);
        }
    }

    /**
     * Stochastic gradient descent with momentum (I. Sutskever et al., 2013), as PyTorch computes it: velocity = momentum *
     * velocity + gradient; weight -= learningRate * velocity.
     *
     * @param momentum share of the velocity that is kept; 0 for none
     */
    record Sgd(double momentum) implements OptimizerSettings {
        /** Slot of the velocities. */
        public static final String VELOCITY = "velocity";

        @Override
        public List<String> slots() {
            return List.of(VELOCITY);
        }

        @Override
        public <R> R match(Function<Adam, R> adam, Function<Sgd, R> sgd) {
            return sgd.apply(this);
        }
    }
}
