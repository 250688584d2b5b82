package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.ClusterProvider;
import dev.vaelab.experiment.cluster.ClusterSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster does a command, and how. */
final class SparkOptions {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master: local[N] for N processors of this machine, local[*] for all, spark://HOST:PORT for a"
                            + " standalone cluster. Default: what Spark's configuration says, else local[*].")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description =
                    "A key of Spark's configuration, such as spark.executor.memory=4g; may be repeated. spark.task.cpus is the"
                            + " number of threads of each part (default: 1), spark.vaelab.home where the program is on every machine"
                            + " (default: as on this one).")
    private List<String> configuration = List.of();

    /**
     * Reaches the cluster.
     *
     * @param name what people there know the job by
     * @throws InvalidInputException if there is none, or it is told wrong keys
     */
    Cluster open(String name) {
        ClusterSettings settings = new ClusterSettings(name, Optional.ofNullable(master), keys(), System.err::println);
        return ClusterProvider.ofProgram().open(settings);
    }

    private Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String pair : configuration) {
            int end = pair.indexOf('=');
            if (end < 1 || !pair.startsWith("spark.")) {
                throw new InvalidInputException(
                        Problem.of("--conf", pair, "KEY=VALUE with a key that begins with spark."));
            }
            keys.put(pair.substring(0, end), pair.substring(end + 1));
        }
        return keys;
    }
}
