package dev.vaelab.cli.experiment;

import java.util.Set;

/**
 * The rules of experiment files as a JSON Schema (draft 2020-12), with the names that can be chosen here.
 */
public final class ExperimentSchema {
    /**
     * The rules where these can be chosen.
     *
     * @param backends the names of the backends
     * @param datasets the names of the data sets
     */
    public ExperimentSchema(Set<String> backends, Set<String> datasets) {}

    /** The schema as editors of experiment files read it: indented JSON that ends with a line break. */
    public String text() {
        return "{}\n";
    }
}
