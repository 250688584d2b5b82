package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The nearest name")
class NearestNameTest {
    private static final List<String> NAMES =
            List.of("epochs", "batchSize", "optimizer", "learningRate", "djl", "dl4j");

    @ParameterizedTest(name = "of {0} is {1}")
    @CsvSource({
        "epoch, epochs",
        "Epochs, epochs",
        "epcohs, epochs",
        "epochen, epochs",
        "batch, batchSize",
        "batch_size, batchSize",
        "BATCH-SIZE, batchSize",
        "learnign_rate, learningRate",
        "optimiser, optimizer",
        "dj1, djl",
        "dlj, djl",
        "dl4, dl4j",
        "dl4j2, dl4j",
    })
    @DisplayName("forgives a slip")
    void forgives(String written, String meant) {
        assertEquals(Optional.of(meant), NearestName.of(written, NAMES));
    }

    @Test
    @DisplayName("is not guessed from afar")
    void doesNotGuess() {
        assertEquals(Optional.empty(), NearestName.of("torch", NAMES));
        assertEquals(Optional.empty(), NearestName.of("", NAMES));
        assertEquals(Optional.empty(), NearestName.of("e".repeat(1_000_000), NAMES));
        assertEquals(Optional.empty(), NearestName.of("epochs", List.of()));
    }
}
