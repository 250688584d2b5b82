package dev.vaelab.experiments;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parquet files as Parquet's own library writes and reads them, whose classes are Spark's and not on the path of the tests. */
final class ParquetOfSpark implements AutoCloseable {
    private static final String PARQUET = "org.apache.parquet.";
    private static final String PATH = "org.apache.hadoop.fs.Path";

    private final URLClassLoader spark;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private ParquetOfSpark(URLClassLoader spark) {
        this.spark = spark;
        Thread.currentThread().setContextClassLoader(spark);
    }

    /** Loads Spark's jars, brought if they are not there yet, for this thread. */
    static ParquetOfSpark open() throws IOException, InterruptedException {
        List<URL> jars = new ArrayList<>();
        try (var found = Files.newDirectoryStream(SparkOfMaven.home().resolve("jars"), "*.jar")) {
            for (Path jar : found) {
                jars.add(jar.toUri().toURL());
            }
        }
        return new ParquetOfSpark(new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /**
     * Writes a row group with a column {@code image}.
     *
     * @param bytes one image after the other
     * @param size bytes of each
     * @param page rows of a page
     */
    void writeImages(Path file, byte[] bytes, int size, int page) throws ReflectiveOperationException {
        Class<?> types = type("schema.MessageType");
        Class<?> binary = type("io.api.Binary");
        Object schema = type("schema.MessageTypeParser")
                .getMethod("parseMessageType", String.class)
                .invoke(null, "message images { required binary image; }");
        Object output = type("io.LocalOutputFile").getConstructor(Path.class).newInstance(file);
        Object builder = type("hadoop.example.ExampleParquetWriter")
                .getMethod("builder", type("io.OutputFile"))
                .invoke(null, output);
        builder.getClass().getMethod("withType", types).invoke(builder, schema);
        builder.getClass().getMethod("withPageRowCountLimit", int.class).invoke(builder, page);
        Object writer = builder.getClass().getMethod("build").invoke(builder);
        for (int from = 0; from < bytes.length; from += size) {
            Object row = type("example.data.simple.SimpleGroup")
                    .getConstructor(type("schema.GroupType"))
                    .newInstance(schema);
            Object image = binary.getMethod("fromConstantByteArray", byte[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(bytes, from, from + size));
            row.getClass().getMethod("add", int.class, binary).invoke(row, 0, image);
            writer.getClass().getMethod("write", Object.class).invoke(writer, row);
        }
        writer.getClass().getMethod("close").invoke(writer);
    }

    /** The values of a file, as text. */
    List<List<String>> rows(Path file) throws ReflectiveOperationException {
        Class<?> path = spark.loadClass(PATH);
        Object support =
                type("hadoop.example.GroupReadSupport").getConstructor().newInstance();
        Object builder = type("hadoop.ParquetReader")
                .getMethod("builder", type("hadoop.api.ReadSupport"), path)
                .invoke(null, support, path.getConstructor(String.class).newInstance(file.toString()));
        Object reader = builder.getClass().getMethod("build").invoke(builder);
        List<List<String>> rows = new ArrayList<>();
        for (Object row = read(reader); row != null; row = read(reader)) {
            Object schema = row.getClass().getMethod("getType").invoke(row);
            int fields = (int) schema.getClass().getMethod("getFieldCount").invoke(schema);
            List<String> values = new ArrayList<>();
            for (int field = 0; field < fields; field++) {
                values.add((String) row.getClass()
                        .getMethod("getValueToString", int.class, int.class)
                        .invoke(row, field, 0));
            }
            rows.add(values);
        }
        reader.getClass().getMethod("close").invoke(reader);
        return rows;
    }

    private static Object read(Object reader) throws ReflectiveOperationException {
        return reader.getClass().getMethod("read").invoke(reader);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return spark.loadClass(PARQUET + name);
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        spark.close();
    }
}
