package dev.vaelab.api.model;

import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a model beside its networks.
 *
 * @param loss what is minimized
 * @param likelihood of images given latents
 * @param prior of latents
 * @param sampler of latents from the posterior
 */
public record Objective(Loss loss, Likelihood likelihood, Prior prior, Sampler sampler) {
    /** The parts by the prefixes of their tensors' canonical names, in canonical order. */
    public Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("likelihood.", likelihood);
        parts.put("prior.", prior);
        parts.put("sampler.", sampler);
        parts.put("loss.", loss);
        return parts;
    }

    /** The tensors of all parts under their canonical names, such as {@code likelihood.log_variance}, in canonical order. */
    public List<TensorSpecification> tensors(ImageShape image, int latent) {
        List<TensorSpecification> tensors = new ArrayList<>();
        parts().forEach((prefix, part) ->
                part.tensors(image, latent).forEach(tensor -> tensors.add(tensor.named(prefix + tensor.name()))));
        return tensors;
    }
}
