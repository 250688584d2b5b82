package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.cluster.SharedFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Folders that all machines reach, by what people call them. */
final class Folders {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private Folders() {}

    /** Whether it is in a file system that the system does not know. */
    static boolean isOfHadoop(String path) {
        return hasScheme(path) && !path.startsWith("file:");
    }

    /** Whether it says which file system it is of. */
    static boolean hasScheme(String path) {
        return SCHEME.matcher(path).matches();
    }

    /**
     * A folder, there or not.
     *
     * @param path a path of the system, {@code file:}, or one of Hadoop's with its scheme
     * @throws InvalidInputException if there is no such file system
     */
    static SharedFolder of(String path, Configuration configuration) {
        if (!hasScheme(path)) {
            return new LocalFolder(Path.of(path).toAbsolutePath().normalize());
        }
        try {
            if (!isOfHadoop(path)) {
                return new LocalFolder(Path.of(new URI(null, null, new URI(path).getPath(), null).getPath())
                        .normalize());
            }
            return HadoopFolder.of(new org.apache.hadoop.fs.Path(path), configuration);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            throw unknown(path, e);
        }
    }

    /** What is wrong where Hadoop does not get as far as to ask the file system. */
    static InvalidInputException unknown(String place, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new InvalidInputException(new Problem(
                place,
                cause instanceof ClassNotFoundException
                        ? "a file system whose jars Spark does not have (" + SparkImageFiles.firstLine(cause) + ")"
                        : SparkImageFiles.firstLine(cause),
                "a path of this machine, or of a file system whose jars and settings Spark has",
                cause instanceof ClassNotFoundException
                        ? "for s3a: it is spark-submit --packages that brings them, see docs/cluster.md"
                        : ""));
    }
}
