package dev.vaelab.api.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The random streams of an experiment.
 *
 * <p>A stream is a function of the experiment's seed, a {@link Purpose} and whole numbers such as epoch and batch. It
 * keeps no state between calls: epoch 7 of a training that was resumed draws what epoch 7 of an uninterrupted one draws.
 * The numbers are the same on every JDK and processor, since generator (XoShiRo256++, D. Blackman and S. Vigna, 2018) and
 * sampler (ziggurat, C. D. McFarland, 2014) are those of Apache Commons RNG.
 */
public final class RandomStreams {
    private final long seed;

    /** The streams of the experiment with this seed. */
    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** Opens a stream of uniform numbers at its beginning. */
    public UniformRandomProvider open(Purpose purpose, long... indices) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(key(purpose, indices)));
        long[] state = {digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()};
        return RandomSource.XO_SHI_RO_256_PP.create(state);
    }

    /** Opens a stream of standard normal numbers at its beginning. */
    public GaussianStream openGaussian(Purpose purpose, long... indices) {
        return new GaussianStream(open(purpose, indices));
    }

    /** Draws standard normal numbers from the beginning of a stream. */
    public float[] gaussian(int count, Purpose purpose, long... indices) {
        return openGaussian(purpose, indices).draw(count);
    }

    /** Shuffles 0..count-1 by a stream (R. A. Fisher and F. Yates; D. E. Knuth, TAOCP vol. 2, algorithm P). */
    public int[] permutation(int count, Purpose purpose, long... indices) {
        UniformRandomProvider random = open(purpose, indices);
        int[] order = new int[count];
        for (int index = 0; index < count; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }

    private byte[] key(Purpose purpose, long[] indices) {
        byte[] name = purpose.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer key = ByteBuffer.allocate(name.length + 1 + Long.BYTES * (1 + indices.length));
        key.put(name).put((byte) 0).putLong(seed);
        for (long index : indices) {
            key.putLong(index);
        }
        return key.array();
    }

    /** A hash, so that neighbouring seeds and indices give unrelated states. */
    private static byte[] sha256(byte[] key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
