package dev.vaelab.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Changes of any file, byte by byte. */
public enum ByteMutation implements Mutation {
    /** One bit is another one. */
    FLIP_BIT {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            copy[place] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return copy;
        }
    },
    /** One byte is any other. */
    SET_BYTE {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            copy[place] = (byte) random.nextInt();
            return copy;
        }
    },
    /** Some bytes more. */
    INSERT {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            byte[] inserted = new byte[1 + random.nextInt(LONGEST_PIECE)];
            random.nextBytes(inserted);
            return join(copy, place, inserted, place);
        }
    },
    /** Some bytes less. */
    DELETE {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            return join(copy, place, new byte[0], end(copy, place, random));
        }
    },
    /** Some bytes twice. */
    REPEAT {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            int end = end(copy, place, random);
            return join(copy, end, Arrays.copyOfRange(copy, place, end), end);
        }
    },
    /** The end is missing. */
    TRUNCATE {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            return Arrays.copyOf(copy, place);
        }
    },
    /** A whole number at the edge of its range, of any width and byte order. */
    NUMBER {
        @Override
        byte[] change(byte[] copy, int place, RandomGenerator random) {
            int width = 1 << random.nextInt(4);
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            long number = NUMBERS[random.nextInt(NUMBERS.length)];
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(order).putLong(number);
            int offset = order == ByteOrder.BIG_ENDIAN ? Long.BYTES - width : 0;
            System.arraycopy(bytes.array(), offset, copy, place, Math.min(width, copy.length - place));
            return copy;
        }
    };

    private static final int LONGEST_PIECE = 16;

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        Byte.MAX_VALUE,
        Byte.MIN_VALUE,
        Short.MAX_VALUE,
        Short.MIN_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    /** Files often say in their first bytes what the others mean: a third of all changes are there. */
    private static final int BEGINNING = 64;

    @Override
    public byte[] apply(byte[] content, RandomGenerator random) {
        if (content.length == 0) {
            return content;
        }
        boolean beginning = random.nextInt(3) == 0;
        int place = random.nextInt(beginning ? Math.min(BEGINNING, content.length) : content.length);
        return change(content.clone(), place, random);
    }

    /**
     * Makes the change.
     *
     * @param copy bytes that may be written to, at least one
     * @param place an index of them
     */
    abstract byte[] change(byte[] copy, int place, RandomGenerator random);

    private static int end(byte[] bytes, int place, RandomGenerator random) {
        return Math.min(bytes.length, place + 1 + random.nextInt(LONGEST_PIECE));
    }

    private static byte[] join(byte[] bytes, int end, byte[] middle, int begin) {
        byte[] joined = Arrays.copyOf(bytes, end + middle.length + bytes.length - begin);
        System.arraycopy(middle, 0, joined, end, middle.length);
        System.arraycopy(bytes, begin, joined, end + middle.length, bytes.length - begin);
        return joined;
    }
}
