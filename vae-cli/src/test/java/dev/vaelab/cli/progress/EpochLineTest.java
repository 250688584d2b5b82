package dev.vaelab.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.Figures;
import dev.vaelab.training.EpochMetrics;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The line after an epoch")
final class EpochLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | epoch 3/20  train 105.25 (reconstruction 82.00 + kl 23.25)  validation 103.50 (80.00 + 23.50)  3912 images/s  best so far
            80  | epoch 3/20  train 105.25  validation 103.50  3912 images/s  best so far
            45  | epoch 3/20  validation 103.50  best so far
            40  | epoch 3/20  validation 103.50 *
            """)
    @DisplayName("has what matters most where columns are few")
    void fits(int columns, String line) {
        assertEquals(
                line,
                new EpochLine(System.err, 20).text(metrics(new Figures(82, 23.25), new Figures(80, 23.5)), columns));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | epoch 3/20  train 101.00 (reconstruction 82.00 + kl 23.00, iwae 101.00)  validation 100.00 (80.00 + 23.00, iwae 100.00)  3912 images/s  best so far
            80  | epoch 3/20  train 101.00  validation 100.00  3912 images/s  best so far
            """)
    @DisplayName("leads with what the loss minimizes, and has its terms by name")
    void namedTerms(int columns, String line) {
        assertEquals(line, new EpochLine(System.err, 20).text(metrics(iwae(82, 101), iwae(80, 100)), columns));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | epoch 3/20  train 105.25 (reconstruction 82.00 + kl 23.25)  3912 images/s
            40  | epoch 3/20  train 105.25  3912 images/s
            30  | epoch 3/20  train 105.25
            """)
    @DisplayName("has nothing of validation, and calls no epoch the best, where there are no validation images")
    void withoutValidation(int columns, String line) {
        assertEquals(line, new EpochLine(System.err, 20).text(metrics(new Figures(82, 23.25), null), columns));
    }

    private static Figures iwae(double reconstruction, double bound) {
        return new Figures(Map.of("reconstruction", reconstruction, "kl", 23.0, "iwae", bound), bound);
    }

    private static EpochMetrics metrics(Figures training, Figures validation) {
        return new EpochMetrics(
                3,
                100,
                null,
                training,
                validation,
                validation == null ? null : validation.loss(),
                true,
                0.001,
                1,
                10,
                1,
                3912,
                OptionalLong.empty());
    }
}
