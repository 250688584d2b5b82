package dev.vaelab.training.quality;

import dev.vaelab.training.neighbours.Points;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The squared Fréchet distance between the Gaussians that have mean and covariance of two sets of vectors (D. C. Dowson and B. V. Landau,
 * 1982): |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)). M. Heusel et al. (2017) take it of Inception features and call it FID.
 *
 * <p>Covariances are divided by n - 1. The distance of finite sets is biased upwards, the more so the fewer vectors and the more
 * dimensions: two sets of one distribution are not at distance 0. Compare distances of equally many vectors only.
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /**
     * The distance, never negative.
     *
     * @param first at least two vectors
     * @param second at least two vectors, of the same length
     */
    public static double between(Points first, Points second) {
        double[] firstMean = mean(first);
        double[] secondMean = mean(second);
        RealMatrix firstCovariance = covariance(first, firstMean);
        RealMatrix secondCovariance = covariance(second, secondMean);
        double distance = firstCovariance.getTrace() + secondCovariance.getTrace();
        for (int dimension = 0; dimension < firstMean.length; dimension++) {
            distance += Math.pow(firstMean[dimension] - secondMean[dimension], 2);
        }
        // S1 S2 has the eigenvalues of the symmetric S1^(1/2) S2 S1^(1/2), of which none is negative but by rounding.
        RealMatrix root = root(firstCovariance);
        double[] values = eigen(root.multiply(secondCovariance).multiply(root)).getEigenvalues();
        for (double value : values) {
            distance -= 2 * Math.sqrt(Math.max(0, value));
        }
        return Math.max(0, distance);
    }

    private static double[] mean(Points points) {
        int dimensions = points.dimensions();
        double[] mean = new double[dimensions];
        for (int index = 0; index < points.values().length; index++) {
            mean[index % dimensions] += points.values()[index];
        }
        for (int dimension = 0; dimension < dimensions; dimension++) {
            mean[dimension] /= points.count();
        }
        return mean;
    }

    private static RealMatrix covariance(Points points, double[] mean) {
        int dimensions = mean.length;
        int count = points.count();
        double[][] centred = new double[dimensions][count];
        for (int index = 0; index < points.values().length; index++) {
            int dimension = index % dimensions;
            centred[dimension][index / dimensions] = points.values()[index] - mean[dimension];
        }
        double[][] covariance = new double[dimensions][dimensions];
        IntStream.range(0, dimensions).parallel().forEach(row -> {
            for (int column = 0; column <= row; column++) {
                covariance[row][column] = product(centred[row], centred[column]) / (count - 1);
            }
        });
        for (int row = 0; row < dimensions; row++) {
            for (int column = 0; column < row; column++) {
                covariance[column][row] = covariance[row][column];
            }
        }
        return new Array2DRowRealMatrix(covariance, false);
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int index = 0; index < left.length; index++) {
            sum += left[index] * right[index];
        }
        return sum;
    }

    private static RealMatrix root(RealMatrix matrix) {
        EigenDecompositionSymmetric eigen = eigen(matrix);
        double[] roots = eigen.getEigenvalues();
        for (int index = 0; index < roots.length; index++) {
            roots[index] = Math.sqrt(Math.max(0, roots[index]));
        }
        return eigen.getV()
                .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
                .multiply(eigen.getVT());
    }

    /** Rounding must not make a matrix that is symmetric by construction anything else. */
    private static EigenDecompositionSymmetric eigen(RealMatrix matrix) {
        return new EigenDecompositionSymmetric(matrix.add(matrix.transpose()).scalarMultiply(0.5));
    }
}
