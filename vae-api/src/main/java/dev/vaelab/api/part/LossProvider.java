package dev.vaelab.api.part;

import dev.vaelab.api.model.Loss;

/**
 * Makes a {@link Loss} from its keys in an experiment file.
 *
 * @param <P> its own keys
 */
public interface LossProvider<P extends Record> extends PartProvider<Loss, P> {}
