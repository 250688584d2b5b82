package dev.vaelab.report.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The directions in which vectors are spread most: the first right singular vectors of the centred vectors, which are their
 * principal components. There is an answer for any finite vectors, also where there are fewer of them than dimensions, and
 * where they vary in fewer directions than are asked for: then unit vectors complete the directions, the first ones that do.
 *
 * <p>Of many vectors of many dimensions a decomposition would take minutes. They are seen within a subspace, which powers of
 * the covariance have turned towards the directions that are looked for (N. Halko, P. G. Martinsson and J. A. Tropp, 2011,
 * arXiv:0909.4061, algorithm 4.4). Else the subspace is all in which they vary, and the answer is exact.
 */
final class PrincipalAxes {
    private static final int SUBSPACE = 32;
    private static final int POWERS = 8;

    /** What is shorter than this share of what it was before it lost its part in other directions is rounding. */
    private static final double ROUNDING = 1e-10;

    /** Engines agree to some six digits. */
    private static final double TIE = 1e-4;

    private final double[][] centered;
    private final int dimensions;

    /** For vectors whose mean is zero in each dimension, and not all zero. */
    private PrincipalAxes(double[][] centered) {
        this.centered = centered;
        this.dimensions = centered[0].length;
    }

    /**
     * The directions: vectors of length 1 at right angles, each with its largest entry positive.
     *
     * @param centered vectors whose mean is zero in each dimension
     * @param count how many directions, at most as many as dimensions
     */
    static double[][] of(double[][] centered, int count) {
        double largest = Arrays.stream(centered)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        List<double[]> found = largest == 0
                ? List.of()
                : new PrincipalAxes(Arrays.stream(centered)
                                .map(vector -> scaled(vector, 1 / largest))
                                .toArray(double[][]::new))
                        .find(count);
        return completed(found, count, centered[0].length);
    }

    private List<double[]> find(int count) {
        List<double[]> basis = basis();
        double[][] seen = new double[centered.length][];
        for (int vector = 0; vector < seen.length; vector++) {
            double[] one = centered[vector];
            seen[vector] =
                    basis.stream().mapToDouble(axis -> product(axis, one)).toArray();
        }
        SingularValueDecomposition decomposition =
                new SingularValueDecomposition(new Array2DRowRealMatrix(seen, false));
        RealMatrix axes = decomposition.getV();
        double[] lengths = decomposition.getSingularValues();
        List<double[]> found = new ArrayList<>();
        for (int axis = 0; axis < Math.min(count, lengths.length) && lengths[axis] > ROUNDING * lengths[0]; axis++) {
            found.add(pointedUp(combined(basis, axes.getColumn(axis))));
        }
        return found;
    }

    /** Vectors of length 1 at right angles, between which the vectors vary, or vary most. */
    private List<double[]> basis() {
        if (dimensions <= SUBSPACE) {
            return IntStream.range(0, dimensions).mapToObj(this::unit).toList();
        }
        if (centered.length <= SUBSPACE) {
            return orthonormal(Arrays.asList(centered));
        }
        List<double[]> basis = orthonormal(IntStream.range(0, SUBSPACE)
                .mapToObj(index -> centered[(int) ((long) index * centered.length / SUBSPACE)])
                .toList());
        for (int power = 0; power < POWERS; power++) {
            basis = orthonormal(basis.stream().map(this::throughCovariance).toList());
        }
        return basis;
    }

    private double[] unit(int dimension) {
        double[] unit = new double[dimensions];
        unit[dimension] = 1;
        return unit;
    }

    private double[] throughCovariance(double[] direction) {
        double[] sum = new double[dimensions];
        for (double[] vector : centered) {
            add(sum, product(vector, direction), vector);
        }
        return sum;
    }

    private static List<double[]> orthonormal(List<double[]> vectors) {
        List<double[]> basis = new ArrayList<>();
        vectors.forEach(vector -> extend(basis, vector));
        return basis;
    }

    /** Adds the part of a vector that is at right angles to the others, if it is more than rounding (Gram and Schmidt). */
    private static boolean extend(List<double[]> basis, double[] vector) {
        double before = Math.sqrt(product(vector, vector));
        double[] rest = vector.clone();
        // Twice is enough: what rounding left of the others in the first round is gone after the second.
        for (int round = 0; round < 2; round++) {
            for (double[] other : basis) {
                add(rest, -product(other, rest), other);
            }
        }
        double length = Math.sqrt(product(rest, rest));
        boolean independent = length > ROUNDING * before;
        if (independent) {
            basis.add(scaled(rest, 1 / length));
        }
        return independent;
    }

    private static double[][] completed(List<double[]> found, int count, int dimensions) {
        List<double[]> axes = new ArrayList<>(found);
        for (int dimension = 0; axes.size() < count; dimension++) {
            double[] unit = new double[dimensions];
            unit[dimension] = 1;
            extend(axes, unit);
        }
        return axes.toArray(double[][]::new);
    }

    private static double[] combined(List<double[]> basis, double[] weights) {
        double[] sum = new double[basis.get(0).length];
        for (int index = 0; index < weights.length; index++) {
            add(sum, weights[index], basis.get(index));
        }
        return sum;
    }

    /**
     * A direction is as good as its opposite: the one is chosen whose largest entry is positive, for every engine. Of entries
     * that only rounding tells apart it is the first.
     */
    private static double[] pointedUp(double[] direction) {
        double length = Arrays.stream(direction).map(Math::abs).max().orElse(0);
        double furthest = Arrays.stream(direction)
                .filter(entry -> Math.abs(entry) > length * (1 - TIE))
                .findFirst()
                .orElse(0);
        return furthest < 0 ? scaled(direction, -1) : direction;
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int index = 0; index < left.length; index++) {
            sum += left[index] * right[index];
        }
        return sum;
    }

    private static void add(double[] sum, double factor, double[] vector) {
        for (int index = 0; index < sum.length; index++) {
            sum[index] += factor * vector[index];
        }
    }

    private static double[] scaled(double[] vector, double factor) {
        return Arrays.stream(vector).map(entry -> factor * entry).toArray();
    }
}
