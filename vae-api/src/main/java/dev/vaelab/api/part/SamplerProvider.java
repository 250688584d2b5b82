package dev.vaelab.api.part;

import dev.vaelab.api.model.Sampler;

/**
 * Makes a {@link Sampler} from its keys in an experiment file.
 *
 * @param <P> its own keys
 */
public interface SamplerProvider<P extends Record> extends PartProvider<Sampler, P> {}
