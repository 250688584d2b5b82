package dev.vaelab.experiments.hostile;

/** Throws. */
public final class ThrowingBackend extends HostileBackend {
    /** For {@link java.util.ServiceLoader}. */
    public ThrowingBackend() {
        super("throwing");
    }

    @Override
    protected void misbehave() {
        throw new IllegalStateException("the engine has no more ideas");
    }
}
