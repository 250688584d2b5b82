package dev.vaelab.api.part;

import dev.vaelab.api.model.Likelihood;

/**
 * Makes a {@link Likelihood} from its keys in an experiment file.
 *
 * @param <P> its own keys
 */
public interface LikelihoodProvider<P extends Record> extends PartProvider<Likelihood, P> {}
