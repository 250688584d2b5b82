package dev.vaelab.experiment.table;

import java.io.Closeable;
import java.io.IOException;

/** Writes a table row by row; it is whole once it is closed. */
public interface RowWriter extends Closeable {
    /**
     * Writes a row.
     *
     * @param values one for each column, of its type
     */
    void write(Object... values) throws IOException;
}
