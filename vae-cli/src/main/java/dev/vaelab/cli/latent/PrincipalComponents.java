package dev.vaelab.cli.latent;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The directions in which points lie farthest apart (K. Pearson, 1901; H. Hotelling, 1933): eigenvectors of the covariance
 * matrix, in the order of their eigenvalues.
 *
 * <p>An eigenvector's sign is free. Here its largest entry is positive, so that engines that agree draw the same map.
 */
final class PrincipalComponents {
    private final RealMatrix centred;
    private final EigenDecompositionSymmetric eigen;

    /**
     * Finds the components.
     *
     * @param points vectors one after the other, at least one
     * @param dimensions size of a vector
     */
    PrincipalComponents(float[] points, int dimensions) {
        int count = points.length / dimensions;
        double[] mean = new double[dimensions];
        for (int index = 0; index < points.length; index++) {
            mean[index % dimensions] += points[index] / (double) count;
        }
        double[][] rows = new double[count][dimensions];
        for (int index = 0; index < points.length; index++) {
            rows[index / dimensions][index % dimensions] = points[index] - mean[index % dimensions];
        }
        centred = MatrixUtils.createRealMatrix(rows);
        eigen = new EigenDecompositionSymmetric(
                centred.transposeMultiply(centred).scalarMultiply(1.0 / count));
    }

    /** The places of the points along a component, counted from 0; the mean of the points is 0. */
    double[] coordinates(int component) {
        RealVector direction = eigen.getEigenvector(component);
        double sign = direction.getMaxValue() >= -direction.getMinValue() ? 1 : -1;
        return centred.operate(direction.mapMultiply(sign)).toArray();
    }

    /** A component's share of the variance, from 0 to 1; 0 if the points do not differ. */
    double share(int component) {
        double all = Arrays.stream(eigen.getEigenvalues()).sum();
        return all > 0 ? Math.max(0, eigen.getEigenvalue(component)) / all : 0;
    }
}
