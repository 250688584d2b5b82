package dev.vaelab.cli.experiment;

import dev.vaelab.api.experiment.ExperimentConfig;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a resolved experiment as an experiment file.
 *
 * <p>Every default is written out, in the order of the records' components, so that the file means the same when a later
 * version has other defaults. {@link ExperimentLoader} reads it back to an equal configuration.
 */
public final class ExperimentWriter {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writer()
            .with(new DefaultPrettyPrinter()
                    .withSeparators(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withRootSeparator("\n"))
                    .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance()));

    /** The configuration as indented JSON that ends with a line break. */
    public String write(ExperimentConfig config) {
        return WRITER.writeValueAsString(config) + "\n";
    }
}
