package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a backend needs to make a model.
 *
 * @param architecture its sizes
 * @param likelihood of the images given the latents
 * @param optimizer how a training step changes the weights
 * @param clipNorm Euclidean length that all gradients together have at most when the optimizer gets them; infinite for no
 *     limit
 * @param weights every tensor of the architecture under its canonical name: initial or trained weights
 */
public record ModelRequest(
        Architecture architecture,
        Likelihood likelihood,
        OptimizerSettings optimizer,
        double clipNorm,
        NamedTensors weights) {
    /** Keeps the quotient finite where all gradients are zero; PyTorch's value. */
    private static final double LEAST_LENGTH = 1e-6;

    /** @throws IllegalArgumentException if the limit of the gradients is not positive */
    public ModelRequest {
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("gradients are clipped to a positive length, found " + clipNorm);
        }
    }

    /** The recipe's request: Bernoulli likelihood, Adam, gradients as they are. */
    public static ModelRequest of(Architecture architecture, NamedTensors weights) {
        return new ModelRequest(
                architecture, Likelihood.BERNOULLI, OptimizerSettings.ADAM, Double.POSITIVE_INFINITY, weights);
    }

    /** The same request with other weights. */
    public ModelRequest withWeights(NamedTensors others) {
        return new ModelRequest(architecture, likelihood, optimizer, clipNorm, others);
    }

    /** Whether gradients have a limit. */
    public boolean clips() {
        return clipNorm < Double.POSITIVE_INFINITY;
    }

    /**
     * What every gradient is multiplied by before the optimizer gets it, as PyTorch's {@code clip_grad_norm_} computes it
     * (R. Pascanu et al., 2013, section 3.2).
     *
     * @param length Euclidean length of all gradients together
     */
    public double clippingFactor(double length) {
        return clips() ? Math.min(1, clipNorm / (length + LEAST_LENGTH)) : 1;
    }

    /** What a backend must be able to do to fulfil this request. */
    public Set<Capability> needs() {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        if (architecture.image().channels() > 1) {
            needs.add(Capability.COLOUR_IMAGES);
        }
        if (likelihood instanceof Likelihood.Gaussian) {
            needs.add(Capability.GAUSSIAN_LIKELIHOOD);
        }
        if (optimizer instanceof OptimizerSettings.Sgd) {
            needs.add(Capability.SGD);
        }
        if (optimizer instanceof OptimizerSettings.Adam adam && adam.weightDecay() != 0) {
            needs.add(Capability.WEIGHT_DECAY);
        }
        if (clips()) {
            needs.add(Capability.GRADIENT_CLIPPING);
        }
        return needs;
    }

    /**
     * Checks that a backend can make this model, and puts the weights into canonical order. Every
     * {@link VaeBackend#create(ModelRequest)} begins with it.
     *
     * @param backend who is asked
     * @return the same request with the weights in canonical order
     * @throws UnsupportedCapabilityException if the request needs a capability that the backend does not declare
     * @throws dev.vaelab.api.InvalidInputException if the weights are not exactly those of the architecture; the
     *     problems are placed at {@code weights}
     */
    public ModelRequest requireSupportedBy(VaeBackend backend) {
        for (Capability capability : needs()) {
            if (!backend.capabilities().contains(capability)) {
                throw new UnsupportedCapabilityException(backend.name(), capability);
            }
        }
        return withWeights(weights.requireExactly(architecture.tensors(), "weights"));
    }
}
