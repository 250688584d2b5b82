package ${package};

import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.Window;
import java.util.Arrays;

/** Values in the order of a shape: where the first one lies, and how far one step along each axis goes in the array. */
record View(float[] values, int first, int[] shape, int[] steps) {
    static View of(Tensor tensor) { return of(tensor.values(), tensor.shape()); }
    static View zeros(int... shape) { return of(new float[Shapes.size(shape)], shape); }

    private static View of(float[] values, int... shape) {
        int[] steps = new int[shape.length];
        int step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape[axis];
        }
        return new View(values, 0, shape, steps);
    }

    /** Repeats axes of 1, and those that are missing in front: a step along them stays where it is. */
    View broadcast(int... target) {
        int missing = target.length - shape.length;
        int[] repeated = new int[target.length];
        for (int axis = missing; axis < target.length; axis++) {
            repeated[axis] = shape[axis - missing] == 1 ? 0 : steps[axis - missing];
        }
        return new View(values, first, target, repeated);
    }

    View transposed(int... axes) { return new View(values, first, picked(shape, axes), picked(steps, axes)); }

    private static int[] picked(int[] all, int... axes) { return Arrays.stream(axes).map(axis -> all[axis]).toArray(); }

    /** The part of an axis from one index up to another, which is not in it. */
    View sliced(int axis, int from, int to) {
        int[] part = shape.clone();
        part[axis] = to - from;
        return new View(values, first + from * steps[axis], part, steps);
    }

    /** What a kernel sees that moves over padded images: [images, rows, columns, channels, kernel, kernel]. */
    View windows(Window window) {
        int kernel = window.kernel();
        int stride = window.stride();
        int rows = (shape[2] - kernel) / stride + 1;
        int columns = (shape[3] - kernel) / stride + 1;
        int[] sizes = {shape[0], rows, columns, shape[1], kernel, kernel};
        int[] moves = {steps[0], steps[2] * stride, steps[3] * stride, steps[1], steps[2], steps[3]};
        return new View(values, first, sizes, moves);
    }

    float[] copy() {
        float[] copy = new float[Shapes.size(shape)];
        forEach((number, place) -> copy[number] = values[place]);
        return copy;
    }

    void set(float[] source) { forEach((number, place) -> values[place] = source[number]); }

    /** Adds to what is there: more than once, where windows overlap. */
    void add(float[] source) { forEach((number, place) -> values[place] += source[number]); }

    /** Calls with the number of each value, in row-major order, and its place in the array. */
    private void forEach(Visitor visitor) {
        int[] index = new int[shape.length];
        int place = first;
        int count = Shapes.size(shape);
        for (int number = 0; number < count; number++) {
            visitor.visit(number, place);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                place -= shape[axis] * steps[axis];
                index[axis] = 0;
            }
        }
    }

    private interface Visitor { void visit(int number, int place); }
}
