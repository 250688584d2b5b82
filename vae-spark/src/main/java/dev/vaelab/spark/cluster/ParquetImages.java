package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.cluster.images.ImageFiles;
import dev.vaelab.experiment.cluster.images.ImageFiles.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Images of a row group of a Parquet file. Of its columns, {@code image} is read: bytes that are the pixels, or a picture; a group with
 * such a field {@code bytes}, as data sets for Python have it; or a list of numbers, whole ones from 0 to 255 or others from 0 to 1. If
 * they are there, {@code label} is read too, and {@code index}, which says what the table calls the image.
 */
final class ParquetImages implements ImageFiles.Reader {
    private static final String IMAGE = "image";
    private static final String LABEL = "label";
    private static final String INDEX = "index";
    private static final String BYTES = "bytes";
    private static final float WHITE = 255;

    private final Path file;
    private final ImageShape shape;
    private final ParquetFileReader reader;
    private final MessageType columns;
    private final RecordReader<Group> rows;
    private long place;
    private long row;

    /**
     * Opens a file.
     *
     * @param from the row of the file at which to begin
     * @param count how many rows are read, all of one row group
     * @param place of the first image among all
     */
    ParquetImages(Path file, Configuration configuration, ImageShape shape, long from, int count, long place) {
        this.file = file;
        this.shape = shape;
        this.place = place;
        ParquetFileReader opened = null;
        try {
            opened = open(file, configuration);
            columns = columns(file, opened.getFileMetaData().getSchema(), false);
            opened.setRequestedSchema(columns);
            int group = 0;
            long within = from;
            while (within >= opened.getRowGroups().get(group).getRowCount()) {
                within -= opened.getRowGroups().get(group).getRowCount();
                group++;
            }
            Pages pages = pages(opened, group, within, count);
            rows = new ColumnIOFactory()
                    .getColumnIO(columns, opened.getFileMetaData().getSchema())
                    .getRecordReader(pages.store(), new GroupRecordConverter(columns));
            for (long before = 0; before < pages.before(); before++) {
                rows.read();
            }
            reader = opened;
        } catch (IOException | RuntimeException e) {
            closeAfter(e, opened);
            throw e instanceof InvalidInputException invalid ? invalid : damaged(file, e);
        }
    }

    /**
     * Pages in which rows are.
     *
     * @param before how many other rows come before them
     */
    private record Pages(PageReadStore store, long before) {}

    /** Those of some rows alone, where the file says in which they are; else all of the row group. */
    private static Pages pages(ParquetFileReader reader, int group, long from, int count) throws IOException {
        BlockMetaData block = reader.getRowGroups().get(group);
        if (count == block.getRowCount() || !isIndexed(block)) {
            return new Pages(reader.readRowGroup(group), from);
        }
        OffsetIndex index = reader.readOffsetIndex(imageColumn(block));
        int[] needed = IntStream.range(0, index.getPageCount())
                .filter(page -> index.getLastRowIndex(page, block.getRowCount()) >= from
                        && index.getFirstRowIndex(page) < from + count)
                .toArray();
        RowRanges ranges =
                RowRanges.create(block.getRowCount(), Arrays.stream(needed).iterator(), index);
        return new Pages(reader.readFilteredRowGroup(group, ranges), from - index.getFirstRowIndex(needed[0]));
    }

    private static boolean isIndexed(BlockMetaData block) {
        return block.getColumns().stream().allMatch(column -> column.getOffsetIndexReference() != null);
    }

    private static ColumnChunkMetaData imageColumn(BlockMetaData block) {
        return block.getColumns().stream()
                .filter(column -> column.getPath().toArray()[0].equals(IMAGE))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A row group.
     *
     * @param indexed whether the file says which rows are in which page
     */
    record RowGroup(int rows, boolean indexed) {}

    /** The row groups of a file; looks at its end only. */
    static List<RowGroup> rowGroups(Path file, Configuration configuration, ImageShape shape, boolean labelled) {
        try (ParquetFileReader reader = open(file, configuration)) {
            columns(file, reader.getFileMetaData().getSchema(), labelled);
            return reader.getRowGroups().stream()
                    .map(group -> new RowGroup(Math.toIntExact(group.getRowCount()), isIndexed(group)))
                    .toList();
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static ParquetFileReader open(Path file, Configuration configuration) throws IOException {
        return ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration));
    }

    private static MessageType columns(Path file, MessageType schema, boolean labelled) {
        List<Type> read = new ArrayList<>();
        if (!schema.containsField(IMAGE)) {
            throw wrong(file, "columns", names(schema), "a column " + IMAGE);
        }
        read.add(image(file, schema.getType(IMAGE)));
        for (String name : List.of(LABEL, INDEX)) {
            if (schema.containsField(name)) {
                Type type = schema.getType(name);
                if (!type.isPrimitive() || !isWhole(type) || type.isRepetition(Type.Repetition.REPEATED)) {
                    throw wrong(file, "column " + name, type.toString(), "whole numbers");
                }
                read.add(type);
            }
        }
        if (labelled && !schema.containsField(LABEL)) {
            throw wrong(
                    file, "columns", names(schema), "a column " + LABEL + ", as the model is conditioned on labels");
        }
        return new MessageType(schema.getName(), read);
    }

    private static Type image(Path file, Type type) {
        if (type.isPrimitive()) {
            if (isBytes(type) && !type.isRepetition(Type.Repetition.REPEATED)) {
                return type;
            }
        } else if (type.asGroupType().containsField(BYTES)
                && isBytes(type.asGroupType().getType(BYTES))) {
            return type.asGroupType().withNewFields(type.asGroupType().getType(BYTES));
        } else if (element(type).isPresent()) {
            return type;
        }
        throw wrong(
                file,
                "column " + IMAGE,
                type.toString().replaceAll("\\s+", " "),
                "bytes, a group with a field " + BYTES + ", or a list of numbers");
    }

    private static boolean isBytes(Type type) {
        return type.isPrimitive()
                && (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                        || type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
    }

    private static boolean isWhole(Type type) {
        return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
                || type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    /** The numbers of a list in its usual form: a group with a repeated group with one field. */
    private static Optional<PrimitiveTypeName> element(Type list) {
        if (list.asGroupType().getFieldCount() != 1
                || list.asGroupType().getType(0).isPrimitive()) {
            return Optional.empty();
        }
        Type repeated = list.asGroupType().getType(0);
        if (repeated.asGroupType().getFieldCount() != 1
                || !repeated.asGroupType().getType(0).isPrimitive()) {
            return Optional.empty();
        }
        return Optional.of(repeated.asGroupType().getType(0).asPrimitiveType().getPrimitiveTypeName())
                .filter(name -> List.of(
                                PrimitiveTypeName.INT32,
                                PrimitiveTypeName.INT64,
                                PrimitiveTypeName.FLOAT,
                                PrimitiveTypeName.DOUBLE)
                        .contains(name));
    }

    @Override
    public StoredImage next() {
        Group next;
        try {
            next = rows.read();
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
        if (next == null || next.getFieldRepetitionCount(IMAGE) == 0) {
            throw wrong(file, "row " + row + " of a row group", "no image", "one in each row");
        }
        float[] pixels = pixels(next);
        long index = whole(next, INDEX).orElse(place);
        int label = Math.toIntExact(whole(next, LABEL).orElse(0L));
        place++;
        row++;
        return new StoredImage(index, label, pixels);
    }

    private Optional<Long> whole(Group group, String name) {
        if (!columns.containsField(name) || group.getFieldRepetitionCount(name) == 0) {
            return Optional.empty();
        }
        boolean isInt = columns.getType(name).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        return Optional.of(isInt ? (long) group.getInteger(name, 0) : group.getLong(name, 0));
    }

    private float[] pixels(Group group) {
        Type type = columns.getType(IMAGE);
        if (type.isPrimitive()) {
            return ofBytes(group.getBinary(IMAGE, 0).getBytesUnsafe());
        }
        Group inner = group.getGroup(IMAGE, 0);
        if (type.asGroupType().containsField(BYTES)) {
            if (inner.getFieldRepetitionCount(BYTES) == 0) {
                throw wrong(file, place(), "no bytes", "those of an image");
            }
            return ofBytes(inner.getBinary(BYTES, 0).getBytesUnsafe());
        }
        return ofList(inner, element(type).orElseThrow());
    }

    private float[] ofBytes(byte... bytes) {
        return bytes.length == shape.size()
                ? BinaryImages.pixels(bytes)
                : BinaryImages.ofPicture(file + ": " + place(), shape, bytes);
    }

    private float[] ofList(Group list, PrimitiveTypeName element) {
        int count = list.getFieldRepetitionCount(0);
        if (count != shape.size()) {
            throw wrong(file, place(), count + " numbers", shape.size() + ", since an image of the model is " + shape);
        }
        float[] pixels = new float[count];
        for (int index = 0; index < count; index++) {
            Group each = list.getGroup(0, index);
            double value = each.getFieldRepetitionCount(0) == 0
                    ? Double.NaN
                    : switch (element) {
                        case INT32 -> each.getInteger(0, 0) / (double) WHITE;
                        case INT64 -> each.getLong(0, 0) / (double) WHITE;
                        case FLOAT -> each.getFloat(0, 0);
                        default -> each.getDouble(0, 0);
                    };
            if (!(value >= 0 && value <= 1)) {
                throw wrong(
                        file,
                        place(),
                        Double.isNaN(value) ? "a number that is missing" : "a number that is out of range",
                        "whole numbers from 0 to 255, or others from 0 to 1");
            }
            pixels[index] = (float) value;
        }
        return pixels;
    }

    private String place() {
        return "image " + place;
    }

    private static String names(MessageType schema) {
        return schema.getFields().stream().map(Type::getName).toList().toString();
    }

    private static InvalidInputException wrong(Path file, String where, String found, String expected) {
        return new InvalidInputException(Problem.of(file + ": " + where, found, expected));
    }

    private static InvalidInputException damaged(Path file, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new InvalidInputException(new Problem(
                file.toString(),
                "no Parquet, or a damaged file (" + SparkImageFiles.firstLine(cause) + ")",
                "a Parquet file of images",
                "write it anew, or take it out of the folder"));
    }

    private static void closeAfter(Exception failure, ParquetFileReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
