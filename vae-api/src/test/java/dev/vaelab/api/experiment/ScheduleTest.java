package dev.vaelab.api.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schedule")
class ScheduleTest {
    @Test
    @DisplayName("keeps a constant learning rate")
    void constant() {
        assertArrayEquals(new double[] {1, 1, 1}, shares(ScheduleConfig.DEFAULT, 3));
    }

    @Test
    @DisplayName("multiplies the learning rate after every so many epochs, by default by 0.1 after 10")
    void step() {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Name.STEP, 2, 0.5, null, null, null);
        assertArrayEquals(new double[] {1, 1, 0.5, 0.5, 0.25}, shares(schedule, 5));
        double[] byDefault = shares(new ScheduleConfig(ScheduleConfig.Name.STEP, null, null, null, null, null), 11);
        assertArrayEquals(new double[] {1, 0.1}, new double[] {byDefault[9], byDefault[10]}, 1e-15);
    }

    @Test
    @DisplayName("follows half a cosine from the whole learning rate towards 0, as PyTorch's CosineAnnealingLR does")
    void cosine() {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Name.COSINE, null, null, null, null, null);
        double[] expected = {1, 0.8535533905932737, 0.5, 0.1464466094067262};
        assertArrayEquals(expected, shares(schedule, 4), 1e-15);
    }

    @Test
    @DisplayName("of beta rises in equal steps to beta after the epochs of the warm-up")
    void warmup() {
        LossConfig warm = new LossConfig(null, null, 2.0, 4, null, null);
        assertArrayEquals(new double[] {0.4, 0.8, 1.2, 1.6, 2, 2}, of(epoch -> warm.betaIn(epoch, 1000), 6), 1e-15);
        assertArrayEquals(new double[] {1, 1, 1}, of(epoch -> LossConfig.DEFAULT.betaIn(epoch, 1), 3));
    }

    @Test
    @DisplayName("of beta rises in equal steps to beta after the steps of a warm-up by steps, whatever the epoch")
    void warmupBySteps() {
        LossConfig warm = new LossConfig(null, null, 2.0, null, 4, null);
        assertArrayEquals(new double[] {0.4, 0.8, 1.2, 1.6, 2, 2}, of(step -> warm.betaIn(1, step), 6), 1e-15);
        assertEquals(0.4, warm.betaIn(9, 1), 1e-15);
    }

    @Test
    @DisplayName("of geometric stages is that of Burda et al.: 0.001 * 10^(-i/7) for 3^i of 3280 epochs, i from 0 to 7")
    void burda() {
        ScheduleConfig schedule = geometric(null, null, null);
        int epoch = 0;
        for (int stage = 0; stage < 8; stage++) {
            for (int pass = 0; pass < Math.pow(3, stage); pass++) {
                epoch++;
                assertEquals(Math.pow(10, -stage / 7.0), schedule.shareIn(epoch, 3280), 1e-15, "epoch " + epoch);
            }
        }
        assertEquals(3280, epoch);
    }

    @Test
    @DisplayName("of geometric stages keeps their proportions in a training of another length, rounded to whole epochs")
    void shortenedStages() {
        // The stages end after 82 / 3280 times 1, 4, 13, 40, 121, 364, 1093 and 3280 epochs.
        ScheduleConfig schedule = geometric(null, null, null);
        int[] ends = {0, 0, 0, 1, 3, 9, 27, 82};
        int begin = 0;
        for (int stage = 0; stage < ends.length; stage++) {
            for (int epoch = begin + 1; epoch <= ends[stage]; epoch++) {
                assertEquals(Math.pow(10, -stage / 7.0), schedule.shareIn(epoch, 82), 1e-15, "epoch " + epoch);
            }
            begin = ends[stage];
        }
        assertArrayEquals(new double[] {1, 1, 0.1, 0.1, 0.01, 0.01}, shares(geometric(3, 1.0, 0.01), 6), 1e-15);
        assertArrayEquals(new double[] {1, 1, 1, 1, 0.5, 0.5, 0.25}, shares(geometric(3, 0.5, 0.25), 7), 1e-15);
    }

    private static ScheduleConfig geometric(Integer stages, Double growth, Double endFactor) {
        return new ScheduleConfig(ScheduleConfig.Name.GEOMETRIC, null, null, stages, growth, endFactor);
    }

    private static double[] shares(ScheduleConfig schedule, int epochs) {
        return of(epoch -> schedule.shareIn(epoch, epochs), epochs);
    }

    private static double[] of(IntToDoubleFunction value, int epochs) {
        return IntStream.rangeClosed(1, epochs)
                .mapToDouble(value::applyAsDouble)
                .toArray();
    }
}
