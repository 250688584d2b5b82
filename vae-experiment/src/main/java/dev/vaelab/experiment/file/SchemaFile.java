package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.file.Path;

/** The JSON Schemas that lie beside experiment files for editors: files of the same kind, and no experiments. */
public final class SchemaFile {
    private static final String DIALECTS = "https?://json-schema\\.org/.*";

    private SchemaFile() {}

    /** Whether a file can be read and is a JSON Schema. */
    public static boolean isSchema(Path file) {
        ProblemList ignored = new ProblemList();
        return SourceText.read(file, "a file", SourceText.LARGEST_EXPERIMENT, (found, expected, advice) -> {})
                .flatMap(text -> text.value(file, Origin.Layer.EXPERIMENT, 0, ignored))
                .filter(root -> root instanceof Members members && isSchema(members))
                .isPresent();
    }

    /** Whether the members are those of a JSON Schema: it names its dialect where other files name their schema. */
    static boolean isSchema(Members root) {
        Member named = root.members().get(ExperimentSchema.SCHEMA_KEY);
        return named != null && named.value().json().asString("").matches(DIALECTS);
    }
}
