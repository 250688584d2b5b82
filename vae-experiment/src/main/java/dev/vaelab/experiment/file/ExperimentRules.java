package dev.vaelab.experiment.file;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What holds for an experiment after all that it is made of has been laid together. */
public final class ExperimentRules {
    private static final String DATASET = "dataset";

    private final ExperimentSchema schema;
    private final Function<DatasetConfig, List<Problem>> datasets;
    private final SchemaCheck check;

    /**
     * The rules of a schema, and those that go beyond it.
     *
     * @param datasets what is wrong with a data set that the schema lets pass; places are keys
     */
    public ExperimentRules(ExperimentSchema schema, Function<DatasetConfig, List<Problem>> datasets) {
        this.schema = schema;
        this.datasets = datasets;
        check = new SchemaCheck(schema.whole(), List.of(ExperimentSchema.EXTENDS_KEY), schema.adviceOnNames());
    }

    /** The rules as a schema has them. */
    ExperimentSchema schema() {
        return schema;
    }

    /**
     * Adds all that is wrong to the problems.
     *
     * @param complete whether what the experiment does not say is missing, rather than in a file that cannot be read
     */
    void check(Members experiment, boolean complete, ProblemList problems) {
        // Of this experiment alone: there may be others before it, and what is wrong with them says nothing of its data
        // set.
        ProblemList own = new ProblemList();
        check.check(experiment, complete, own);
        schema.applicability().check(experiment, own);
        ModelKeys.check(experiment, complete, own);
        Contradictions.check(experiment, own);
        NumberRange.check(experiment, schema.parts().ranges(), own);
        ValidationSizeRule.check(experiment, own);
        // A misspelt key is one mistake: then there is no data set, and none is missing.
        if (complete && experiment.members().containsKey(DATASET) && !own.concern(DATASET)) {
            JsonNode dataset = experiment.json().get(DATASET);
            add(datasets.apply(ExperimentMapper.MAPPER.treeToValue(dataset, DatasetConfig.class)), experiment, own);
        }
        if (complete && own.isEmpty()) {
            add(schema.parts().problems(asWritten(experiment)), experiment, own);
        }
        if (complete && own.isEmpty()) {
            NumberRange.checkSchedule(config(experiment), experiment, own);
        }
        problems.addAll(own);
    }

    /** @param found places are keys */
    private static void add(List<Problem> found, Members experiment, ProblemList problems) {
        ExperimentPlaces places = new ExperimentPlaces(experiment);
        found.forEach(problem -> problems.add(
                places.origin(problem.place()).orElse(experiment.origin()),
                new KeyPath(problem.place()),
                problem.found(),
                problem.expected(),
                problem.advice()));
    }

    /** The configuration of an experiment with which nothing is wrong. */
    ExperimentConfig config(Members experiment) {
        return schema.parts().complete(asWritten(experiment));
    }

    /** Without the defaults of keys that parts have of their own. */
    private static ExperimentConfig asWritten(Members experiment) {
        return ExperimentMapper.MAPPER.treeToValue(experiment.json(), ExperimentConfig.class);
    }
}
