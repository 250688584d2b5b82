package dev.vaelab.backend.reference;

/**
 * A matrix in row-major order.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values rows one after the other; shared, to be read only
 */
record Matrix(int rows, int columns, double[] values) {
    /** Rows and columns of the right factor of a product that stay in the processor's cache while they are used. */
    private static final int BLOCK_ROWS = 64;

    private static final int BLOCK_COLUMNS = 512;

    /** Rows of the right factor that are added up at once. */
    private static final int STEP = 4;

    /**
     * The matrix product. The order of the additions depends on the sizes alone.
     *
     * <p>Stretches of rows are copied to arrays of their own: the compiler makes vector instructions of loops over arrays that all
     * begin at the same place, and not of those over parts of one array.
     */
    Matrix times(Matrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException(
                    "a matrix of " + columns + " columns cannot be multiplied with one of " + right.rows + " rows");
        }
        double[] product = new double[rows * right.columns];
        int width = Math.min(BLOCK_COLUMNS, right.columns);
        double[][] block = new double[Math.min(BLOCK_ROWS, columns)][width];
        double[] first = new double[width];
        double[] second = new double[width];
        for (int column = 0; column < right.columns; column += BLOCK_COLUMNS) {
            int length = Math.min(BLOCK_COLUMNS, right.columns - column);
            for (int inner = 0; inner < columns; inner += BLOCK_ROWS) {
                int height = Math.min(BLOCK_ROWS, columns - inner);
                for (int row = 0; row < height; row++) {
                    System.arraycopy(right.values, (inner + row) * right.columns + column, block[row], 0, length);
                }
                for (int row = 0; row < rows; row += 2) {
                    // The last row of an odd number is computed twice.
                    int next = Math.min(row + 1, rows - 1);
                    int target = row * right.columns + column;
                    int nextTarget = next * right.columns + column;
                    System.arraycopy(product, target, first, 0, length);
                    System.arraycopy(product, nextTarget, second, 0, length);
                    addProducts(row * columns + inner, next * columns + inner, block, height, first, second, length);
                    System.arraycopy(first, 0, product, target, length);
                    System.arraycopy(second, 0, product, nextTarget, length);
                }
            }
        }
        return new Matrix(rows, right.columns, product);
    }

    /** The matrix with rows and columns exchanged. */
    Matrix transposed() {
        double[] exchanged = new double[values.length];
        for (int start = 0; start < columns; start += BLOCK_ROWS) {
            int end = Math.min(start + BLOCK_ROWS, columns);
            for (int row = 0; row < rows; row++) {
                for (int column = start; column < end; column++) {
                    exchanged[column * rows + row] = values[row * columns + column];
                }
            }
        }
        return new Matrix(columns, rows, exchanged);
    }

    /** Adds rows of a block to two targets, each scaled by a factor for the one and another one for the other. */
    private void addProducts(
            int factor, int nextFactor, double[][] block, int height, double[] first, double[] second, int length) {
        int row = 0;
        for (; row + STEP <= height; row += STEP) {
            addFourProducts(factor + row, nextFactor + row, block, row, first, second, length);
        }
        for (; row < height; row++) {
            addProduct(values[factor + row], block[row], first, length);
            addProduct(values[nextFactor + row], block[row], second, length);
        }
    }

    private static void addProduct(double factor, double[] source, double[] target, int length) {
        for (int index = 0; index < length; index++) {
            target[index] += factor * source[index];
        }
    }

    /** The same for four rows, one after the other, with each source and target read once. */
    private void addFourProducts(
            int factor, int nextFactor, double[][] block, int row, double[] first, double[] second, int length) {
        double a = values[factor];
        double b = values[factor + 1];
        double c = values[factor + 2];
        double d = values[factor + 3];
        double e = values[nextFactor];
        double f = values[nextFactor + 1];
        double g = values[nextFactor + 2];
        double h = values[nextFactor + 3];
        double[] source0 = block[row];
        double[] source1 = block[row + 1];
        double[] source2 = block[row + 2];
        double[] source3 = block[row + 3];
        for (int index = 0; index < length; index++) {
            double value0 = source0[index];
            double value1 = source1[index];
            double value2 = source2[index];
            double value3 = source3[index];
            first[index] = first[index] + a * value0 + b * value1 + c * value2 + d * value3;
            second[index] = second[index] + e * value0 + f * value1 + g * value2 + h * value3;
        }
    }
}
