package dev.vaelab.experiment.sweep;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.experiment.file.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the figure by which a sweep ranks its runs measures in an experiment. */
final class Objective {
    private Objective() {}

    /**
     * Images, measure and weight of the KL term in words, for example {@code mnist, bce, beta 1}. Only losses of one
     * objective can be ranked: other images, another likelihood or a lower beta change the number without making the model
     * better or worse. How the images are split does not count, since that changes the images
     * that are averaged over and not what is averaged. Where a term is ranked in the place of the loss, neither beta nor what else
     * the loss is counts: {@code mnist, bce}.
     */
    static String of(ExperimentConfig config, Ranking ranking) {
        DatasetConfig dataset = config.dataset();
        List<String> parts = new ArrayList<>(List.of(dataset.name()));
        for (Object transformation : new Object[] {dataset.path(), dataset.split(), dataset.size(), dataset.color()}) {
            if (transformation != null) {
                parts.add(Objects.toString(transformation));
            }
        }
        Measure measure = config.measure();
        if (ranking.metric() == Ranking.Metric.LOSS) {
            parts.add(measure.label());
            parts.add("beta " + SettingText.of(config.loss().beta()));
        } else {
            Map<String, Object> ofLikelihood = new LinkedHashMap<>(measure.keys());
            ofLikelihood.keySet().removeAll(ranking.keysOfLosses());
            parts.add(new Measure(
                            null, measure.reconstruction(), measure.binarization(), measure.condition(), ofLikelihood)
                    .label());
        }
        return String.join(", ", parts);
    }

    /** The same for all places where the images may be. */
    static String withoutPath(ExperimentConfig config, Ranking ranking) {
        return of(
                config.dataset().path() == null
                        ? config
                        : config.with(config.dataset().withoutPath()),
                ranking);
    }
}
