package dev.vaelab.api.backend;

/** What a backend may be able to do beyond the model, the Bernoulli likelihood and Adam, which each one must. */
public enum Capability {
    /** Images of more than one channel. */
    COLOUR_IMAGES("images of more than one channel");

    private final String description;

    Capability(String description) {
        this.description = description;
    }

    /** The capability in words, as they follow "does not support". */
    public String description() {
        return description;
    }
}
