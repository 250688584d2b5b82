package dev.vaelab.api.part;

import dev.vaelab.api.model.Prior;

/**
 * Makes a {@link Prior} from its keys in an experiment file.
 *
 * @param <P> its own keys
 */
public interface PriorProvider<P extends Record> extends PartProvider<Prior, P> {}
