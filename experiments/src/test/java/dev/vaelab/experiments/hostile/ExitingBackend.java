package dev.vaelab.experiments.hostile;

/** Ends the process, and says that all is well. */
public final class ExitingBackend extends HostileBackend {
    /** For {@link java.util.ServiceLoader}. */
    public ExitingBackend() {
        super("exiting");
    }

    @Override
    protected void misbehave() {
        System.exit(0);
    }
}
