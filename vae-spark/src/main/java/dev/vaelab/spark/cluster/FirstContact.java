package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/**
 * Asks a file system of Hadoop's for a first answer. Where nobody answers, Hadoop itself tries for a quarter of an hour, and says
 * nothing meanwhile: that is for a job at work, which may outlast a restart of the other side, and not for a person who has mistyped a port.
 */
final class FirstContact {
    private static final Map<String, String> PATIENCE = Map.of(
            "ipc.client.connect.timeout", "10000",
            "ipc.client.connect.max.retries.on.timeouts", "0",
            "ipc.client.rpc-timeout.ms", "20000",
            "dfs.client.failover.max.attempts", "4");

    private FirstContact() {}

    /**
     * Goes on only if somebody answers. What else is wrong is told by whoever reads or writes next.
     *
     * @param place what a person has named, for messages
     * @throws InvalidInputException if nobody does
     */
    static void require(String place, Path path, Configuration configuration) {
        Configuration impatient = new Configuration(configuration);
        PATIENCE.forEach((key, value) -> {
            if (isDefault(configuration, key)) {
                impatient.set(key, value);
            }
        });
        try {
            FileContext.getFileContext(path.toUri(), impatient).util().exists(path);
        } catch (IOException | RuntimeException e) {
            silence(e).ifPresent(found -> {
                throw new InvalidInputException(new Problem(
                        place,
                        found,
                        "a file system that answers",
                        "look at host and port; a name that stands for several machines needs Hadoop's own settings"
                                + " (HADOOP_CONF_DIR)"));
            });
        }
    }

    /** Whether nobody has said otherwise, in a file or for this command. */
    private static boolean isDefault(Configuration configuration, String key) {
        String[] sources = configuration.getPropertySources(key);
        return sources == null || sources.length == 0 || sources[sources.length - 1].endsWith("-default.xml");
    }

    private static Optional<String> silence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Optional.of("no such host (" + SparkImageFiles.firstLine(cause) + ")");
            }
            if (cause instanceof SocketTimeoutException) {
                return Optional.of("nobody who answers there");
            }
            boolean last = cause.getCause() == null;
            if (last && (cause instanceof ConnectException || cause instanceof NoRouteToHostException)) {
                return Optional.of("nobody there (" + SparkImageFiles.firstLine(cause) + ")");
            }
        }
        return Optional.empty();
    }
}
