package dev.vaelab.experiments.hostile;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;

/** Needs a native library that is not there. */
public final class UnloadableBackend implements VaeBackend {
    @Override
    public String name() {
        return "unloadable";
    }

    @Override
    public String description() {
        return "lacks its library";
    }

    @Override
    public EngineDescription engine() {
        throw new UnsatisfiedLinkError("no fastmath in java.library.path");
    }

    @Override
    public Engine<?> open() {
        throw new UnsatisfiedLinkError("no fastmath in java.library.path");
    }
}
