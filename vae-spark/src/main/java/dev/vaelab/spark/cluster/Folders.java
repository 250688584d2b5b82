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

    /**
     * A folder, there or not.
     *
     * @param path a path of the system, {@code file:}, or one of Hadoop's with its scheme
     * @throws InvalidInputException if there is no such file system
     */
    static SharedFolder of(String path, Configuration configuration) {
        if (!SCHEME.matcher(path).matches()) {
            return new LocalFolder(Path.of(path).toAbsolutePath().normalize());
        }
        try {
            if (path.startsWith("file:")) {
                return new LocalFolder(Path.of(new URI(null, null, new URI(path).getPath(), null).getPath())
                        .normalize());
            }
            return HadoopFolder.of(new org.apache.hadoop.fs.Path(path), configuration);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            throw new InvalidInputException(new Problem(
                    path,
                    String.valueOf(e.getMessage()),
                    "a path that Hadoop can reach",
                    "a local path, or one of a file system whose jars and settings Spark has"));
        }
    }
}
