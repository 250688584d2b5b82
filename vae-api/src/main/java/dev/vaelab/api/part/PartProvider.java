package dev.vaelab.api.part;

import dev.vaelab.api.model.Part;

/**
 * Makes a part of the model from its keys in an experiment file. Implementations have a public constructor without parameters and
 * are named in a service file.
 *
 * @param <S> the part
 * @param <P> its own keys; {@link NoKeys} if it has none
 */
public interface PartProvider<S extends Part, P extends Record> {
    /** The name by which experiment files choose it: lower-case letters, digits and hyphens. */
    String name();

    /** One line for a person who chooses. */
    String description();

    /**
     * The record of its own keys in the file, beside those that every part of its kind has.
     *
     * <p>Components are of the types Integer, Long, Double, Boolean, String, an enum, or lists of them. Annotations of Jakarta
     * Validation say what a key may be, {@code JsonPropertyDescription} what it is for. A key that the file leaves out is null until
     * the record's constructor fills in its default. Schema and checks follow from the record.
     */
    Class<P> keys();

    /** Makes the part. */
    S create(P keys);
}
