package dev.vaelab.training.model;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.Reparameterized;
import dev.vaelab.training.part.StandardGaussian;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What it takes to make a model.
 *
 * @param architecture its networks and tensors
 * @param objective its other parts
 * @param optimizer how a training step changes the weights
 * @param clipNorm Euclidean length that all gradients together have at most when the optimizer gets them; infinite for no
 *     limit
 * @param weights every tensor of the architecture under its canonical name: initial or trained weights
 * @param trainingImages how many images the model is trained on; asked for only by a loss that needs it, so that nobody else has
 *     to know
 * @param average the moving average of the weights that the model is to keep while it is trained; none for any other model
 */
public record ModelRequest(
        Architecture architecture,
        Objective objective,
        OptimizerSettings optimizer,
        double clipNorm,
        NamedTensors weights,
        IntSupplier trainingImages,
        Optional<AverageConfig> average) {
    /** The recipe's parts beside the networks: ELBO, Bernoulli pixels, N(0, I), reparameterization. */
    public static final Objective RECIPE =
            new Objective(new Elbo(), new Bernoulli(), new StandardGaussian(), new Reparameterized());

    /** Keeps the quotient finite where all gradients are zero; PyTorch's value. */
    private static final double LEAST_LENGTH = 1e-6;

    /**
     * Checks the request.
     *
     * @throws IllegalArgumentException if the limit of the gradients is not positive, the tensors of the parts are not those of the
     *     architecture, or a conditional model has a prior with pseudo-inputs, whose labels nobody knows
     */
    public ModelRequest {
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("gradients are clipped to a positive length, found " + clipNorm);
        }
        if (!architecture.parts().equals(objective.tensors(architecture.image(), architecture.latent()))) {
            throw new IllegalArgumentException(
                    "the architecture has not the tensors of the parts: " + architecture.parts());
        }
        if (architecture.conditional() && objective.prior().pseudoInputCount() > 0) {
            throw new IllegalArgumentException(
                    "a conditional model needs the labels of the images that it encodes, and the" + " prior "
                            + objective.prior().name() + " has pseudo-inputs without labels");
        }
    }

    /** A request for a model that keeps no average of its weights. */
    public ModelRequest(
            Architecture architecture,
            Objective objective,
            OptimizerSettings optimizer,
            double clipNorm,
            NamedTensors weights,
            IntSupplier trainingImages) {
        this(architecture, objective, optimizer, clipNorm, weights, trainingImages, Optional.empty());
    }

    /** A request for a model whose loss does not ask how many images it is trained on. */
    public ModelRequest(
            Architecture architecture,
            Objective objective,
            OptimizerSettings optimizer,
            double clipNorm,
            NamedTensors weights) {
        this(architecture, objective, optimizer, clipNorm, weights, () -> {
            throw new IllegalStateException("the loss " + objective.loss().name()
                    + " asks how many images the model is trained on, which nobody has said: see withTrainingImages");
        });
    }

    /** The recipe's request: ELBO, Bernoulli likelihood, Adam, gradients as they are. */
    public static ModelRequest of(Architecture architecture, NamedTensors weights) {
        return new ModelRequest(architecture, RECIPE, OptimizerSettings.ADAM, Double.POSITIVE_INFINITY, weights);
    }

    /** The same request with other weights. */
    public ModelRequest withWeights(NamedTensors others) {
        return new ModelRequest(architecture, objective, optimizer, clipNorm, others, trainingImages, average);
    }

    /** The same request with another optimizer. */
    public ModelRequest withOptimizer(OptimizerSettings other) {
        return new ModelRequest(architecture, objective, other, clipNorm, weights, trainingImages, average);
    }

    /** The same request with other parts, which have the same tensors. */
    public ModelRequest withObjective(Objective other) {
        return new ModelRequest(architecture, other, optimizer, clipNorm, weights, trainingImages, average);
    }

    /** The same request for a model that is trained on so many images. */
    public ModelRequest withTrainingImages(IntSupplier count) {
        return new ModelRequest(architecture, objective, optimizer, clipNorm, weights, count, average);
    }

    /** The same request for a model that keeps a moving average of its weights while it is trained. */
    public ModelRequest withAverage(AverageConfig settings) {
        return new ModelRequest(
                architecture, objective, optimizer, clipNorm, weights, trainingImages, Optional.of(settings));
    }

    /** Values of noise that a batch needs for each image. */
    public int noisePerImage() {
        return architecture.latent() * objective.loss().noiseVectors();
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

    /**
     * Makes the model on a backend.
     *
     * @return a new model, which the caller closes
     * @throws dev.vaelab.api.InvalidInputException if the weights are not exactly those of the architecture; the problems are
     *     placed at {@code weights}
     */
    public VaeModel<?> create(VaeBackend backend) {
        NamedTensors ordered = weights.requireExactly(architecture.tensors(), "weights");
        return Vae.on(backend.open(), withWeights(ordered));
    }
}
