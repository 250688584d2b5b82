package ${package};

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * Reconstruction + beta * |KL - C|: the KL term is drawn towards a capacity of C nats (C. P. Burgess et al., 2018, section 5).
 *
 * @param capacity C, in nats per image
 */
public record ${className}(
        @PositiveOrZero @JsonPropertyDescription("Nats per image towards which the KL term is drawn.") double capacity)
        implements Loss {
    /** With all defaults: 25 nats. */
    public ${className}() {
        this(25);
    }

    @Override
    public String name() {
        return "${loss}";
    }

    @Override
    public String description() {
        return "reconstruction + beta * |KL - capacity| (Burgess et al. 2018)";
    }

    @Override
    public <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
        Posterior<Operand<X>> posterior = model.encode(images);
        Operand<X> latents = model.sample(posterior, noise);
        Operand<X> reconstruction = model.logLikelihood(images, model.decode(latents)).negated();
        Operand<X> kl = model.divergence(posterior, latents);
        Operand<X> distance = kl.minus(capacity).abs();
        return LossTerms.of(reconstruction, kl, reconstruction.plus(distance.times(beta))).with("distance", distance);
    }
}
