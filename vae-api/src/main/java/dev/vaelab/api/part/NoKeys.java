package dev.vaelab.api.part;

/** The keys of a part that has none of its own. */
public record NoKeys() {}
