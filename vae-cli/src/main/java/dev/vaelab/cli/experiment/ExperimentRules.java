package dev.vaelab.cli.experiment;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.cli.experiment.SourceValue.Members;
import java.util.List;

/** What holds for an experiment after all that it is made of has been laid together. */
final class ExperimentRules {
    private final SchemaCheck check;

    /** The rules of a schema, and those that go beyond it. */
    ExperimentRules(ExperimentSchema schema) {
        check = new SchemaCheck(schema.whole(), List.of(ExperimentSchema.EXTENDS_KEY));
    }

    /**
     * Adds all that is wrong to the problems.
     *
     * @param complete whether what the experiment does not say is missing, rather than in a file that cannot be read
     */
    void check(Members experiment, boolean complete, ProblemList problems) {
        check.check(experiment, complete, problems);
        Applicability.check(experiment, problems);
    }

    /** The configuration of an experiment with which nothing is wrong. */
    static ExperimentConfig config(Members experiment) {
        return ExperimentMapper.MAPPER.treeToValue(experiment.json(), ExperimentConfig.class);
    }
}
