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

    /** The matrix product. The order of the additions depends on the sizes alone. */
    Matrix times(Matrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException(
                    "a matrix of " + columns + " columns cannot be multiplied with one of " + right.rows + " rows");
        }
        double[] product = new double[rows * right.columns];
        for (int column = 0; column < right.columns; column += BLOCK_COLUMNS) {
            int columnEnd = Math.min(column + BLOCK_COLUMNS, right.columns);
            for (int inner = 0; inner < columns; inner += BLOCK_ROWS) {
                int innerEnd = Math.min(inner + BLOCK_ROWS, columns);
                addBlock(right, product, inner, innerEnd, column, columnEnd);
            }
        }
        return new Matrix(rows, right.columns, product);
    }

    /** The matrix with rows and columns exchanged. */
    Matrix transposed() {
        double[] exchanged = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                exchanged[column * rows + row] = values[row * columns + column];
            }
        }
        return new Matrix(columns, rows, exchanged);
    }

    private void addBlock(Matrix right, double[] product, int inner, int innerEnd, int column, int columnEnd) {
        for (int row = 0; row < rows; row++) {
            for (int index = inner; index < innerEnd; index++) {
                addScaled(
                        values[row * columns + index],
                        right.values,
                        index * right.columns + column,
                        product,
                        row * right.columns + column,
                        columnEnd - column);
            }
        }
    }

    /** target += factor * source, over a stretch of each: the loop that the compiler turns into vector instructions. */
    private static void addScaled(
            double factor, double[] source, int sourceStart, double[] target, int targetStart, int length) {
        for (int index = 0; index < length; index++) {
            target[targetStart + index] += factor * source[sourceStart + index];
        }
    }
}
