package dev.vaelab.experiment.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** The languages of experiment files. */
enum SourceFormat {
    /** RFC 8259, nothing else. */
    JSON(JsonFactory.builder().streamReadConstraints(SourceFormat.limits()).build()) {
        @Override
        SyntaxError explain(JacksonException failure, String text) {
            return JsonSyntax.explain(text, failure.getLocation().getCharOffset());
        }
    },
    /**
     * YAML 1.2 with its JSON schema: only {@code true}, {@code false}, {@code null} and JSON's numbers are not text, so
     * that {@code no}, dates and octal numbers hold no surprises.
     */
    YAML(YAMLFactory.builder().streamReadConstraints(SourceFormat.limits()).build()) {
        @Override
        SyntaxError explain(JacksonException failure, String text) {
            return YamlSyntax.explain(failure, text);
        }
    };

    /** Levels of objects and lists; an experiment has three. */
    static final int DEEPEST = 64;

    /** Digits of a number. */
    static final int LONGEST_NUMBER = 1000;

    private final TokenStreamFactory factory;

    SourceFormat(TokenStreamFactory factory) {
        this.factory = factory;
    }

    /** The format that a file's name tells. */
    static Optional<SourceFormat> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(JSON);
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Optional.of(YAML) : Optional.empty();
    }

    /** The parser's factory. */
    TokenStreamFactory factory() {
        return factory;
    }

    private static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .build();
    }

    /** What a person did wrong when the parser failed. */
    abstract SyntaxError explain(JacksonException failure, String text);
}
