package dev.vaelab.spark.cluster;

import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes a table as a Parquet file. */
final class ParquetTable implements RowWriter {
    private final List<Column> columns;
    private final MessageType schema;
    private final ParquetWriter<Group> writer;

    /** @param file which is replaced if it is there */
    ParquetTable(Path file, List<Column> columns) throws IOException {
        this.columns = List.copyOf(columns);
        this.schema = new MessageType(
                "table", this.columns.stream().map(ParquetTable::type).toList());
        // Snappy is what Spark writes; latents hardly compress, and labels and names do.
        this.writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build();
    }

    private static Type type(Column column) {
        return switch (column.type()) {
            case INT -> required(PrimitiveTypeName.INT32, column);
            case LONG -> required(PrimitiveTypeName.INT64, column);
            case FLOAT -> required(PrimitiveTypeName.FLOAT, column);
            case DOUBLE -> required(PrimitiveTypeName.DOUBLE, column);
            case TEXT ->
                Types.required(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
        };
    }

    private static PrimitiveType required(PrimitiveTypeName type, Column column) {
        return Types.required(type).named(column.name());
    }

    @Override
    public void write(Object... values) throws IOException {
        Group row = new SimpleGroup(schema);
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            switch (columns.get(index).type()) {
                case INT -> row.add(index, (int) value);
                case LONG -> row.add(index, (long) value);
                case FLOAT -> row.add(index, (float) value);
                case DOUBLE -> row.add(index, (double) value);
                case TEXT -> row.add(index, (String) value);
            }
        }
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
