package dev.vaelab.api.backend;

import dev.vaelab.api.NamedProviders;
import java.util.ServiceLoader;

/** Where backends are looked up: the class path, and nowhere else. */
public final class Backends {
    private Backends() {}

    /**
     * The backends that the class loader's class path offers.
     *
     * @throws dev.vaelab.api.InvalidInputException if two have one name, or one cannot be loaded
     */
    public static NamedProviders<VaeBackend> load(ClassLoader loader) {
        return NamedProviders.of("backend", ServiceLoader.load(VaeBackend.class, loader), VaeBackend::name);
    }
}
