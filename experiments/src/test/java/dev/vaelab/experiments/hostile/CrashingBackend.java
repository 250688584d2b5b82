package dev.vaelab.experiments.hostile;

/** Writes to an address that is not there, as native code with a bug does. */
public final class CrashingBackend extends HostileBackend {
    /** For {@link java.util.ServiceLoader}. */
    public CrashingBackend() {
        super("crashing");
    }

    @Override
    protected void misbehave() throws ReflectiveOperationException {
        NativeMemory.open().write(0);
    }
}
