package dev.vaelab.api.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Name.STEP, 2, 0.5);
        assertArrayEquals(new double[] {1, 1, 0.5, 0.5, 0.25}, shares(schedule, 5));
        double[] byDefault = shares(new ScheduleConfig(ScheduleConfig.Name.STEP, null, null), 11);
        assertArrayEquals(new double[] {1, 0.1}, new double[] {byDefault[9], byDefault[10]}, 1e-15);
    }

    @Test
    @DisplayName("follows half a cosine from the whole learning rate towards 0, as PyTorch's CosineAnnealingLR does")
    void cosine() {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Name.COSINE, null, null);
        double[] expected = {1, 0.8535533905932737, 0.5, 0.1464466094067262};
        assertArrayEquals(expected, shares(schedule, 4), 1e-15);
    }

    @Test
    @DisplayName("of beta rises in equal steps to beta after the epochs of the warm-up")
    void warmup() {
        LossConfig warm = new LossConfig(null, null, 2.0, 4, null);
        assertArrayEquals(new double[] {0.4, 0.8, 1.2, 1.6, 2, 2}, of(warm::betaIn, 6), 1e-15);
        assertArrayEquals(new double[] {1, 1, 1}, of(LossConfig.DEFAULT::betaIn, 3));
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
