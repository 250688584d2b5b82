package dev.vaelab.backend.dl4j.operation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * log p(x) of independent Bernoulli values x with logits l, and its derivative by them, value by value in one pass each: the engine
 * would need seven operations, and takes exp and log one by one.
 */
public final class BernoulliDensity {
    /** So large that its product with all but the smallest logits is beyond 1. */
    private static final float LARGE = 1e30f;

    private final Blocks blocks = new Blocks(3, 1);
    private final Exponential exponential = new Exponential(Blocks.SIZE);
    private final float[] powers = new float[Blocks.SIZE];

    /**
     * Computes x l - softplus(l), with softplus(l) = max(l, 0) + log(1 + e^-|l|).
     *
     * @param terms receives the results
     */
    public INDArray apply(INDArray x, INDArray l, INDArray terms) {
        blocks.run(List.of(terms, x, l), this::density);
        return terms;
    }

    /**
     * Computes x - sigmoid(l).
     *
     * @param slopes receives the results
     */
    public INDArray byLogits(INDArray x, INDArray l, INDArray slopes) {
        blocks.run(List.of(slopes, x, l), this::slope);
        return slopes;
    }

    /** With e = e^-|l| and s = e / (2 + e), log(1 + e) = 2 artanh(s), whose series is short for s up to 1/3. */
    private void density(float[][] arrays, int count) {
        float[] terms = arrays[0];
        float[] values = arrays[1];
        float[] logits = arrays[2];
        powers(logits, terms, count);
        for (int index = 0; index < count; index++) {
            float s = powers[index] / (2 + powers[index]);
            float square = s * s;
            float series = 0.153_846_15f * square + 0.181_818_18f;
            series = series * square + 0.222_222_22f;
            series = series * square + 0.285_714_29f;
            series = series * square + 0.4f;
            series = series * square + 0.666_666_67f;
            terms[index] = values[index] * logits[index] - Math.max(logits[index], 0) - (series * square * s + 2 * s);
        }
    }

    /** With q = sigmoid(-|l|), sigmoid(l) is 1 - q for positive l and q for negative ones: no digit of a small one is lost. */
    private void slope(float[][] arrays, int count) {
        float[] slopes = arrays[0];
        float[] values = arrays[1];
        float[] logits = arrays[2];
        powers(logits, slopes, count);
        for (int index = 0; index < count; index++) {
            float sign = Math.max(-1, Math.min(1, logits[index] * LARGE));
            float rest = values[index] - 0.5f - 0.5f * sign;
            slopes[index] = rest + sign * (powers[index] / (1 + powers[index]));
        }
    }

    private void powers(float[] logits, float[] distances, int count) {
        for (int index = 0; index < count; index++) {
            distances[index] = -Math.abs(logits[index]);
        }
        exponential.apply(distances, count, powers);
    }
}
