package dev.vaelab.api.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Standard normal numbers drawn one after the other. How many are drawn at a time makes no difference to them.
 *
 * <p>A stream belongs to one thread.
 */
public final class GaussianStream {
    private final ZigguratSampler.NormalizedGaussian sampler;

    GaussianStream(UniformRandomProvider random) {
        this.sampler = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /** Draws the next numbers of the stream. */
    public float[] draw(int count) {
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = (float) sampler.sample();
        }
        return values;
    }

    /** Goes on behind the next numbers: how many of the generator's a number takes is told by drawing it only. */
    public void skip(long count) {
        for (long index = 0; index < count; index++) {
            sampler.sample();
        }
    }
}
