package dev.vaelab.api.backend;

/** A backend was asked for something that it does not declare among its capabilities. */
public final class UnsupportedCapabilityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String backend;
    private final Capability capability;

    /** The message reads: {@code backend NAME does not support CAPABILITY}. */
    public UnsupportedCapabilityException(String backend, Capability capability) {
        super("backend " + backend + " does not support " + capability.description());
        this.backend = backend;
        this.capability = capability;
    }

    /** Name of the backend. */
    public String backend() {
        return backend;
    }

    /** What it cannot do. */
    public Capability capability() {
        return capability;
    }
}
