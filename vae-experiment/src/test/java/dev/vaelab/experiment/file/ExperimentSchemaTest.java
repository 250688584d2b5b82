package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("The schema of experiment files")
class ExperimentSchemaTest {
    /** What does not forbid anything. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "description", "default", Expectation.PATTERN_WORDS, Advice.NAMES);

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode whole = ExperimentFolder.SCHEMA.whole();

    @Test
    @DisplayName("is one, by the schema of schemas")
    void isValid() {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertEquals(List.of(), metaSchema.validate(ExperimentFolder.SCHEMA.text(), InputFormat.JSON));
        assertEquals(List.of(), metaSchema.validate(whole));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 'a', 'backend': 'djl', 'dataset': {'name': 'mnist'}}",
                "{'$schema': 'x', 'name': 'a', 'backend': 'djl', 'dataset': {'name': 'mnist'}, 'training': {}}",
                "{'extends': 'base.json'}",
                "{'extends': 'base.json', 'dataset': {'train': 5}, 'training': {'epochs': 3.0}}",
                "{'extends': 'base.json', 'loss': {'variance': 1}, 'training': {'optimizer': {'momentum': 0.5}}}",
                "{'extends': 'base.json', 'training': {'schedule': {'name': 'step', 'every': 2}}}",
                "{'extends': 'base.json', 'model': {'network': 'mlp', 'hidden': [200, 200], 'activation': 'tanh'}}",
                "{'extends': 'base.json', 'model': {'latent': 2, 'encoder': ['relu', {'linear': 5}]}}",
                "{'extends': 'base.json', 'model': {'encoder': [{'kernel': 3, 'convolution': 8, 'padding': 0}]}}",
            })
    @DisplayName("accepts right files")
    void accepts(String file) {
        assertTrue(accepted(file), file);
    }

    @Test
    @DisplayName("accepts what the writer writes")
    void acceptsResolved() {
        ExperimentConfig config = new ExperimentConfig(
                "a",
                null,
                "djl",
                new DatasetConfig("mnist", null, null, null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null);

        assertTrue(accepted(new ExperimentWriter().write(config)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name': 'a', 'backend': 'djl'}",
                "{'name': 'a', 'backend': 'djl', 'dataset': {}}",
                "{'name': 'a', 'backend': 'torch', 'dataset': {'name': 'mnist'}}",
                "{'extends': 5}",
                "{'extends': 'base.json', 'epochs': 3}",
                "{'extends': 'base.json', 'training': {'epochs': 2.5}}",
                "{'extends': 'base.json', 'model': {'channels': []}}",
                "{'extends': 'base.json', 'logging': {'tensorboard': 'yes'}}",
                "{'extends': 'base.json', 'loss': {'reconstruction': 'bce', 'variance': 1}}",
                "{'extends': 'base.json', 'training': {'optimizer': {'name': 'adamw', 'momentum': 0.5}}}",
                "{'name': 'a', 'backend': 'djl', 'dataset': {'name': 'mnist'}, 'loss': {'variance': 1}}",
                "{'name': 'a', 'backend': 'djl', 'dataset': {'name': 'mnist'}, 'training': {'schedule': {'every': 2}}}",
                "{'extends': 'base.json', 'model': {'hidden': []}}",
                "{'extends': 'base.json', 'model': {'encoder': ['rely']}}",
                "{'extends': 'base.json', 'model': {'encoder': [{'convolution': 0}]}}",
                "{'extends': 'base.json', 'model': {'encoder': [{'convolution': 8, 'kernels': 3}]}}",
                "{'extends': 'base.json', 'model': {'encoder': ['flatten'], 'hidden': 8}}",
                "{'extends': 'base.json', 'model': {'encoder': ['flatten'], 'network': 'mlp'}}",
                "{'extends': 'base.json', 'name': 'a b'}",
                "{'extends': 'base.json', 'name': 'a\\n'}",
            })
    @DisplayName("rejects wrong files")
    void rejects(String file) {
        assertFalse(accepted(file), file);
    }

    @Test
    @DisplayName("describes every key and states every default")
    void describes() {
        subschemas("", whole)
                .filter(key -> !key.path.isEmpty())
                .forEach(key -> assertTrue(key.schema.has("description"), key.path + " has no description"));

        assertEquals(42, whole.at("/properties/seed/default").asInt());
        assertEquals(
                "[32,64]",
                whole.at("/properties/model/properties/channels/default").toString());
        assertEquals(
                "\"bce\"",
                whole.at("/properties/loss/properties/reconstruction/default").toString());
    }

    @Test
    @DisplayName("uses no keyword that has no words")
    void everyKeywordHasWords() {
        Set<String> keywords = new TreeSet<>();
        subschemas("", whole).forEach(key -> keywords.addAll(key.schema.propertyNames()));
        subschemas("", whole)
                .map(key -> key.schema.path("items"))
                .filter(JsonNode::isObject)
                .forEach(items -> keywords.addAll(items.propertyNames()));

        keywords.removeAll(ANNOTATIONS);
        keywords.removeAll(Expectation.KEYWORDS);

        assertEquals(Set.of(), keywords, "teach Expectation to put these into words");
    }

    @Test
    @DisplayName("has patterns for whole texts only, each with words")
    void patternsAreAnchored() {
        subschemas("", whole).filter(key -> key.schema.has("pattern")).forEach(key -> {
            assertTrue(key.schema.path("pattern").asString().matches("\\^.*\\$"), key.path);
            assertFalse(key.schema.path(Expectation.PATTERN_WORDS).asString("{").startsWith("{"), key.path);
        });
    }

    private static boolean accepted(String file) {
        return REGISTRY.getSchema(ExperimentFolder.SCHEMA.text())
                .validate(file.replace('\'', '"'), InputFormat.JSON)
                .isEmpty();
    }

    private static Stream<Key> subschemas(String path, JsonNode schema) {
        return Stream.concat(
                Stream.of(new Key(path, schema)),
                schema.path("properties")
                        .propertyStream()
                        .flatMap(property -> subschemas(path + "/" + property.getKey(), property.getValue())));
    }

    private record Key(String path, JsonNode schema) {}
}
