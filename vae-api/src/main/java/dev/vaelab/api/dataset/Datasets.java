package dev.vaelab.api.dataset;

import dev.vaelab.api.NamedProviders;

/** The kinds of data sets of a class path. Those of plug-ins come on top, where a program has any. */
public final class Datasets {
    private Datasets() {}

    /**
     * The kinds of data sets that the class loader's class path offers.
     *
     * @throws dev.vaelab.api.InvalidInputException if two have one name, one is there twice, or one cannot be
     *     loaded
     */
    public static NamedProviders<DatasetProvider> load(ClassLoader loader) {
        return NamedProviders.load("data set", DatasetProvider.class, loader, DatasetProvider::name);
    }
}
