package dev.vaelab.experiment.wiring;

import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.List;

/** Whether {@code dataset.size} means something for a data set: only then is it advised. */
final class Resizing {
    private static final String SIZE = "dataset.size";

    private Resizing() {}

    /** Asks the data set, which names the keys that it does not take. */
    static boolean isTakenBy(NamedProviders<DatasetProvider> datasets, DatasetConfig config) {
        DatasetConfig sized = config.withSize(List.of(2, 2));
        return datasets.require(config.name(), "dataset.name").check(sized).stream()
                .noneMatch(problem -> problem.place().equals(SIZE));
    }
}
