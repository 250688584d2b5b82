package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.model.TensorRole;
import dev.vaelab.api.model.TensorSpecification;
import java.util.LinkedHashMap;
import java.util.Map;

/** The four seams over one set of weights, and what training does with them: the loss of a batch and its gradients. */
final class Network {
    private final Architecture architecture;
    private final Weights weights;
    private final Encoder<DoubleTensor> encoder;
    private final Sampler<DoubleTensor> sampler;
    private final Decoder<DoubleTensor> decoder;
    private final Loss<DoubleTensor> loss;

    /** Builds the seams; the weights are shared with whoever changes them. */
    Network(Architecture architecture, Likelihood likelihood, Weights weights) {
        this.architecture = architecture;
        this.weights = weights;
        encoder = new ReferenceEncoder(architecture, weights);
        sampler = new ReparameterizedSampler();
        decoder = new ReferenceDecoder(architecture, weights);
        loss = new NegativeElbo(likelihood);
    }

    Architecture architecture() {
        return architecture;
    }

    Encoder<DoubleTensor> encoder() {
        return encoder;
    }

    Sampler<DoubleTensor> sampler() {
        return sampler;
    }

    Decoder<DoubleTensor> decoder() {
        return decoder;
    }

    Loss<DoubleTensor> loss() {
        return loss;
    }

    /** The forward pass of a training step; moves the running statistics. */
    LossTerms<DoubleTensor> forward(Batch batch) {
        ImageShape shape = architecture.image();
        DoubleTensor images =
                DoubleTensor.of(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
        DoubleTensor noise = DoubleTensor.of(batch.noise(), batch.count(), architecture.latent());
        Posterior<DoubleTensor> posterior = encoder.encode(images, Phase.TRAINING);
        DoubleTensor logits = decoder.decode(sampler.sample(posterior, noise), Phase.TRAINING);
        return loss.compute(logits, images, posterior);
    }

    /**
     * Differentiates the mean over the batch of reconstruction + beta * KL.
     *
     * @param terms what {@link #forward} gave, with the present trainable weights
     * @return derivatives by every trainable tensor, in canonical order
     */
    Map<String, DoubleTensor> differentiate(LossTerms<DoubleTensor> terms, double beta) {
        Backpropagation backpropagation = new Backpropagation(Objective.of(terms, beta));
        Map<String, DoubleTensor> gradients = new LinkedHashMap<>();
        for (TensorSpecification specification : architecture.trainableTensors()) {
            DoubleTensor weight = weights.get(specification.name());
            boolean absorbed = specification.role() == TensorRole.ABSORBED;
            gradients.put(specification.name(), absorbed ? zeros(weight) : backpropagation.gradientBy(weight));
        }
        return gradients;
    }

    /** Batch normalization takes an absorbed bias out again; the gradient computed for it would be float64 rounding. */
    private static DoubleTensor zeros(DoubleTensor weight) {
        return weight.withValues(new double[weight.values().length]);
    }
}
