package dev.vaelab.export.graph;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.ProgramVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained model that leaves the program.
 *
 * @param config the experiment that it was trained by
 * @param architecture networks and tensors
 * @param objective its other parts
 * @param weights every tensor of the architecture, in canonical order
 * @param classNames what the labels of its data stand for, the name of label 0 first; empty where nobody knows
 */
public record ExportedModel(
        ExperimentConfig config,
        Architecture architecture,
        Objective objective,
        NamedTensors weights,
        List<String> classNames) {
    /** Copies the list. */
    public ExportedModel {
        classNames = List.copyOf(classNames);
    }

    /** What its figures are measured under. */
    public Measure measure() {
        return EstimateStamp.measure(config, objective.likelihood());
    }

    /**
     * What somebody who finds a file of it wants to know: a run, its data, who wrote it.
     *
     * @param part {@code encoder} or {@code decoder}
     */
    public Map<String, String> facts(String part) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", config.name());
        facts.put("part", part);
        facts.put("dataset", config.dataset().name());
        facts.put("binarization", config.dataset().binarization().toString());
        facts.put("image", architecture.image().toString());
        facts.put("latent", Integer.toString(architecture.latent()));
        if (architecture.conditional()) {
            facts.put("classes", Integer.toString(architecture.classes()));
        }
        if (!classNames.isEmpty()) {
            facts.put("class_names", JsonText.line(classNames));
        }
        facts.put("likelihood", objective.likelihood().name());
        facts.put("prior", objective.prior().name());
        facts.put("sampler", objective.sampler().name());
        facts.put("producer", ProgramVersion.text());
        return facts;
    }
}
