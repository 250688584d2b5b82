package dev.vaelab.api.backend;

import dev.vaelab.api.NamedProviders;

/** The backends of a class path. Those of plug-ins come on top, where a program has any. */
public final class Backends {
    private Backends() {}

    /**
     * The backends that the class loader's class path offers.
     *
     * @throws dev.vaelab.api.InvalidInputException if two have one name, one is there twice, or one cannot be
     *     loaded
     */
    public static NamedProviders<VaeBackend> load(ClassLoader loader) {
        return NamedProviders.load("backend", VaeBackend.class, loader, VaeBackend::name);
    }
}
