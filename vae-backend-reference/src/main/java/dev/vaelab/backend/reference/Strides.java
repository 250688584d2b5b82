package dev.vaelab.backend.reference;

import dev.vaelab.api.tensor.Shapes;

/** Walks through the values of tensors in the order of a shape that they are seen in. */
final class Strides {
    private Strides() {}

    /** How many values lie between neighbours along each axis, in row-major order. */
    static int[] of(int[] shape) {
        int[] strides = new int[shape.length];
        int step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }

    /** Strides with which a tensor is seen in a shape that it is broadcast to: 0 along what is repeated. */
    static int[] broadcast(int[] shape, int[] seen) {
        int[] own = of(shape);
        int[] strides = new int[seen.length];
        int missing = seen.length - shape.length;
        for (int axis = missing; axis < seen.length; axis++) {
            strides[axis] = shape[axis - missing] == 1 ? 0 : own[axis - missing];
        }
        return strides;
    }

    /**
     * For each value of a shape, in row-major order, where it lies in values that have these strides.
     *
     * @param from where the first one lies
     */
    static int[] places(int from, int[] shape, int[] strides) {
        int[] places = new int[Shapes.size(shape)];
        int last = shape.length - 1;
        int length = last < 0 ? 1 : shape[last];
        int step = last < 0 ? 0 : strides[last];
        int[] index = new int[shape.length];
        int place = from;
        for (int row = 0; row < places.length; row += length) {
            for (int number = 0; number < length; number++) {
                places[row + number] = place + number * step;
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                place += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                place -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return places;
    }
}
