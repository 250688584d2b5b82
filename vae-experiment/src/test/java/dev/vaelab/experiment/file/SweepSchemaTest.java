package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import dev.vaelab.api.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The schema of sweep files")
class SweepSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String TEXT = new SweepSchema(ExperimentFolder.SCHEMA).text();

    @TempDir
    private Path temporary;

    @Test
    @DisplayName("is one, by the schema of schemas")
    void isValid() {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertEquals(List.of(), metaSchema.validate(TEXT, InputFormat.JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'grid': {'seed': [1, 2]}",
                "'grid': {'model.latent': [2], 'training.optimizer.learningRate': [0.1, 1e-3]}",
                "'grid': {'model.channels': [[16], [16, 32]]}",
                "'grid': {'model': [{'latent': 2}, {'latent': 3, 'hidden': 16}]}",
                "'runs': [{}, {'model.latent': 2}, {'model': {'latent': 3}}]",
                "'runs': [{'model.latent': 2}], 'grid': {'backend': ['djl', 'dl4j']}",
                "'$schema': 'sweep.schema.json', 'grid': {'dataset.name': ['mnist']}",
                "'random': {'loss.beta': {'logUniform': [0.1, 10]}, 'model.channels': {'choice': [[8], [16]]}}, 'trials': 4",
                "'trials': 2, 'seed': 3, 'random': {'model.hidden': {'intLogUniform': [16, 64]}}, 'runs': [{}, {'seed': 3}]",
                "'grid': {'seed': [1]}, 'seed': 1, 'metric': 'total', 'stopping': {'name': 'asha', 'reduction': 2}",
            })
    @DisplayName("accepts right files, as the program does")
    void accepts(String members) {
        assertEquals("accepted, accepted", judged(members));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'seed': 5, 'grid': {'seed': [1]}",
                "'grid': {}",
                "'grid': []",
                "'runs': []",
                "'runs': [5]",
                "'runs': {'seed': 1}",
                "'runs': [{'latent': 2}]",
                "'runs': [{'model.latent': [2, 3]}]",
                "'grid': {'seed': 5}",
                "'grid': {'seed': []}",
                "'grid': {'seed': [1, 1]}",
                "'grid': {'seed': [1, '2']}",
                "'grid': {'latent': [1]}",
                "'grid': {'model': {'latent': [2]}}",
                "'grid': {'model.channels': [16, 32]}",
                "'grid': {'backend': ['djl', 'torch']}",
                "'random': {'loss.beta': {'logUniform': [0.1, 10]}}",
                "'random': {'loss.beta': {'logUniform': [0, 10]}}, 'trials': 4",
                "'random': {'loss.beta': {'uniform': [1]}}, 'trials': 4",
                "'random': {'loss.beta': {'gaussian': [1, 2]}}, 'trials': 4",
                "'random': {'loss.beta': {'choice': [1, 1]}}, 'trials': 2",
                "'random': {'loss.beta': {'choice': [1], 'uniform': [1, 2]}}, 'trials': 1",
                "'random': {'model.latent': {'uniform': [1, 2]}}, 'trials': 4",
                "'random': {'backend': {'intUniform': [1, 2]}}, 'trials': 4",
                "'random': {}, 'trials': 4",
                "'random': [], 'trials': 4",
                "'grid': {'seed': [1, 2]}, 'trials': 2",
                "'grid': {'seed': [1, 2]}, 'seed': 2",
                "'grid': {'seed': [1, 2]}, 'metric': 'kl'",
                "'grid': {'seed': [1, 2]}, 'stopping': {'reduction': 3}",
                "'grid': {'seed': [1, 2]}, 'stopping': {'name': 'asha', 'minimumEpochs': 0}",
                "'grid': {'seed': [1, 2]}, 'stopping': 'asha'",
                "'$schema': 'sweep.schema.json'",
            })
    @DisplayName("rejects wrong files, as the program does")
    void rejects(String members) {
        assertEquals("rejected, rejected", judged(members));
    }

    /** What the schema and what the program makes of a file. */
    private String judged(String members) {
        String sweep = ("{'name': 's', 'experiment': 'base.json', " + members + "}").replace('\'', '"');
        new ExperimentFolder(temporary)
                .with("base.json", "{\"name\": \"b\", \"backend\": \"djl\", \"dataset\": {\"name\": \"mnist\"}}")
                .with("sweep.json", sweep);
        boolean bySchema =
                REGISTRY.getSchema(TEXT).validate(sweep, InputFormat.JSON).isEmpty();
        return (bySchema ? "accepted, " : "rejected, ") + (byProgram() ? "accepted" : "rejected");
    }

    private boolean byProgram() {
        SweepLoader loader = new SweepLoader(ExperimentFolder.RULES);
        Path file = temporary.resolve("sweep.json");
        try {
            loader.load(file, List.of(), Optional.empty());
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }
}
