package dev.vaelab.experiment.sweep;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the validation loss of an experiment measures. */
final class Objective {
    private Objective() {}

    /**
     * Images, measure and weight of the KL term in words, for example {@code mnist, bce, beta 1}. Only losses of one
     * objective can be ranked: other images, another likelihood or a lower beta change the number without making the model
     * better or worse. How the images are split does not count, since that changes the images
     * that are averaged over and not what is averaged.
     */
    static String of(ExperimentConfig config) {
        DatasetConfig dataset = config.dataset();
        List<String> parts = new ArrayList<>(List.of(dataset.name()));
        for (Object transformation : new Object[] {dataset.path(), dataset.split(), dataset.size(), dataset.color()}) {
            if (transformation != null) {
                parts.add(Objects.toString(transformation));
            }
        }
        parts.add(config.measure().label());
        parts.add("beta " + SettingText.of(config.loss().beta()));
        return String.join(", ", parts);
    }

    /** The same for all places where the images may be. */
    static String withoutPath(ExperimentConfig config) {
        return of(
                config.dataset().path() == null
                        ? config
                        : config.with(config.dataset().withoutPath()));
    }
}
