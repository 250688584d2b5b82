package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BinaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayName("The density of Bernoulli values")
class BernoulliDensityTest {
    /** More values than a block has, from the smallest logits to such as leave nothing of e^-|l|. */
    private static final int COUNT = 5000;

    private final BernoulliDensity density = new BernoulliDensity();

    @BeforeAll
    static void load() {
        Nd4j.getExecutioner();
    }

    private static float value(int index) {
        return index % 5 / 4f;
    }

    private static float logit(int index) {
        return (index % 2 == 0 ? 1 : -1) * (float) Math.exp(index % 400 * 0.04 - 10);
    }

    @Test
    @DisplayName("is right to a few units of the last digit of its largest part")
    void terms() {
        float[] found = of((values, logits) -> density.apply(values, logits, Arrays.uninitialized(COUNT)));
        for (int index = 0; index < COUNT; index++) {
            double logit = logit(index);
            double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
            double expected = value(index) * logit - softplus;
            double parts = Math.abs(value(index) * logit) + softplus;
            assertEquals(expected, found[index], 3e-7 * parts + 1e-37, "logit " + logit);
        }
    }

    @Test
    @DisplayName("has derivatives that keep the digits of the smallest probabilities")
    void slopes() {
        float[] found = of((values, logits) -> density.byLogits(values, logits, Arrays.uninitialized(COUNT)));
        for (int index = 0; index < COUNT; index++) {
            double logit = logit(index);
            double value = value(index);
            // 1 - sigmoid(l) = sigmoid(-l)
            double expected = value == 1 ? 1 / (1 + Math.exp(logit)) : value - 1 / (1 + Math.exp(-logit));
            double parts = value == 0 || value == 1 ? Math.abs(expected) : 1;
            assertEquals(expected, found[index], 3e-7 * parts + 1e-37, "value " + value + ", logit " + logit);
        }
    }

    @Test
    @DisplayName("is not a number where a logit is none")
    void notANumber() {
        try (INDArray values = Arrays.of(new float[] {0, 1}, 2);
                INDArray logits = Arrays.of(new float[] {Float.NaN, 0}, 2)) {
            assertEquals(Float.NaN, Arrays.values(density.apply(values, logits, Arrays.uninitialized(2)))[0]);
            assertEquals(Float.NaN, Arrays.values(density.byLogits(values, logits, Arrays.uninitialized(2)))[0]);
        }
    }

    private static float[] of(BinaryOperator<INDArray> operation) {
        float[] values = new float[COUNT];
        float[] logits = new float[COUNT];
        for (int index = 0; index < COUNT; index++) {
            values[index] = value(index);
            logits[index] = logit(index);
        }
        try (INDArray first = Arrays.of(values, COUNT);
                INDArray second = Arrays.of(logits, COUNT);
                INDArray result = operation.apply(first, second)) {
            return Arrays.values(result);
        }
    }
}
