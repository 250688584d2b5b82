package dev.vaelab.api.dataset;

import dev.vaelab.api.NamedProviders;
import java.util.ServiceLoader;

/** Where kinds of data sets are looked up: the class path, and nowhere else. */
public final class Datasets {
    private Datasets() {}

    /**
     * The kinds of data sets that the class loader's class path offers.
     *
     * @throws dev.vaelab.api.InvalidInputException if two have one name, or one cannot be loaded
     */
    public static NamedProviders<DatasetProvider> load(ClassLoader loader) {
        return NamedProviders.of("data set", ServiceLoader.load(DatasetProvider.class, loader), DatasetProvider::name);
    }
}
