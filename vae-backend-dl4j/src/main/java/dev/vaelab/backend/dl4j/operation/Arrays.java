package dev.vaelab.backend.dl4j.operation;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes and copies float32 arrays in row-major order. */
public final class Arrays {
    /** Instead of a length: a single index. */
    public static final long DROPPED = 0;

    private Arrays() {}

    /** A new array whose values are undefined. */
    public static INDArray uninitialized(long... shape) {
        return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    }

    /** A new array of zeros. */
    public static INDArray zeros(long... shape) {
        return Nd4j.create(DataType.FLOAT, shape, 'c');
    }

    /** A new array that holds one value everywhere. */
    public static INDArray constant(double value, long... shape) {
        return Nd4j.valueArrayOf(shape, value, DataType.FLOAT);
    }

    /** A new array of integers, of one axis. */
    public static INDArray integers(long... values) {
        return Nd4j.createFromArray(values);
    }

    /**
     * A new array with the values of plain ones.
     *
     * @throws IllegalArgumentException if there are not as many values as the shape says
     */
    public static INDArray of(float[] values, long... shape) {
        long size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + java.util.Arrays.toString(shape) + " needs " + size + " values, found " + values.length);
        }
        INDArray array = uninitialized(shape);
        floats(array).put(values);
        return array;
    }

    /**
     * A box within an array, as a view. (The engine's own indexing gives nothing for some views of views.)
     *
     * @param begin where the box begins along each axis
     * @param lengths how far it goes along each axis; {@link #DROPPED} for a single index whose axis is dropped
     */
    public static INDArray box(INDArray array, long[] begin, long[] lengths) {
        long offset = array.offset();
        long[] strides = new long[lengths.length];
        int kept = 0;
        long[] shape = new long[lengths.length];
        for (int axis = 0; axis < lengths.length; axis++) {
            offset += begin[axis] * array.stride(axis);
            if (lengths[axis] != DROPPED) {
                shape[kept] = lengths[axis];
                strides[kept] = array.stride(axis);
                kept++;
            }
        }
        return Nd4j.create(
                array.data(),
                java.util.Arrays.copyOf(shape, kept),
                java.util.Arrays.copyOf(strides, kept),
                offset,
                'c');
    }

    /**
     * The values of an array in another shape, which may show a value more than once.
     *
     * @param offset where the view begins, in values from where the array begins
     * @param strides how many values to go on along each axis
     */
    public static INDArray view(INDArray array, long offset, long[] shape, long... strides) {
        return Nd4j.create(array.data(), shape, strides, array.offset() + offset, 'c');
    }

    /** Copies the values of an array to another one of as many; both lie without gaps in row-major order. */
    public static INDArray copy(INDArray from, INDArray to) {
        floats(to).put(floats(from));
        return to;
    }

    /** A copy of the values of an array that lies without gaps in row-major order. */
    public static float[] values(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        floats(array).get(values);
        return values;
    }

    /** The values of an array that lies without gaps in row-major order, shared with it. */
    public static FloatBuffer floats(INDArray array) {
        return new FloatPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }
}
