package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;

/**
 * What a backend needs to make a model.
 *
 * @param architecture its sizes
 * @param reconstruction the likelihood of the images given the latents
 * @param optimizer how a training step changes the weights
 * @param weights every tensor of the architecture under its canonical name: initial or trained weights
 */
public record ModelRequest(
        Architecture architecture, Reconstruction reconstruction, OptimizerSettings optimizer, NamedTensors weights) {
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
        if (architecture.image().channels() > 1 && !backend.capabilities().contains(Capability.COLOUR_IMAGES)) {
            throw new UnsupportedCapabilityException(backend.name(), Capability.COLOUR_IMAGES);
        }
        return new ModelRequest(
                architecture, reconstruction, optimizer, weights.requireExactly(architecture.tensors(), "weights"));
    }
}
