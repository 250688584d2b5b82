package dev.vaelab.training.mixture;

/** The lower triangle L of a covariance L L^T. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Factors a symmetric matrix, of which the lower triangle is read.
     *
     * @throws IllegalArgumentException if it is not positive definite
     */
    static double[][] of(double[][] matrix) {
        int size = matrix.length;
        double[][] factor = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = matrix[row][column];
                for (int index = 0; index < column; index++) {
                    rest -= factor[row][index] * factor[column][index];
                }
                if (column < row) {
                    factor[row][column] = rest / factor[column][column];
                } else if (rest > 0 && rest < Double.POSITIVE_INFINITY) {
                    factor[row][row] = Math.sqrt(rest);
                } else {
                    throw new IllegalArgumentException("a covariance that is not positive definite");
                }
            }
        }
        return factor;
    }

    /** Half the logarithm of the determinant. */
    static double halfLogDeterminant(double[][] factor) {
        double sum = 0;
        for (int index = 0; index < factor.length; index++) {
            sum += Math.log(factor[index][index]);
        }
        return sum;
    }
}
