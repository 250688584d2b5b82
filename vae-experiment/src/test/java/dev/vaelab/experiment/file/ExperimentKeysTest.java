package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The keys of an experiment")
final class ExperimentKeysTest {
    @Test
    @DisplayName("have their values as --set takes them, and are left out where there is none")
    void values() {
        ExperimentConfig config = new ExperimentConfig(
                "name",
                3L,
                "djl",
                new DatasetConfig("idx", "a b", List.of(8, 9), null, 5, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null);
        Map<String, String> keys = ExperimentKeys.of(config);
        assertEquals("name", keys.get("name"));
        assertEquals("3", keys.get("seed"));
        assertEquals("a b", keys.get("dataset.path"));
        assertEquals("[8,9]", keys.get("dataset.size"));
        assertEquals("[32,64]", keys.get("model.channels"));
        assertEquals("bce", keys.get("loss.reconstruction"));
        assertEquals("0.001", keys.get("training.optimizer.learningRate"));
        assertFalse(keys.containsKey("dataset.train"));
    }
}
