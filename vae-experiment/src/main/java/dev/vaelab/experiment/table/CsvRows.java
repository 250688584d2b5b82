package dev.vaelab.experiment.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a table as comma-separated values (RFC 4180, UTF-8). A number has as many digits as it takes to get the same one back.
 *
 * <p>Closing flushes and does not close the stream, which belongs to whoever keeps the file whole.
 */
public final class CsvRows implements RowWriter {
    private final CsvWriter rows;

    /** Writes to a stream; no header yet. */
    public CsvRows(OutputStream stream) {
        rows = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    /** Writes the names of the columns. */
    public void header(List<Column> columns) throws IOException {
        write(columns.stream().map(Column::name).toArray());
    }

    @Override
    public void write(Object... values) throws IOException {
        try {
            rows.writeRecord(Arrays.stream(values).map(String::valueOf).toArray(String[]::new));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        rows.flush();
    }
}
