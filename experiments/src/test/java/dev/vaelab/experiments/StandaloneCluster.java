package dev.vaelab.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster of Spark on this machine: a master, and workers of one processor each. */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile(".*(spark://\\S+:\\d+).*");
    private static final Pattern REGISTERED = Pattern.compile(".*Successfully registered with master.*");

    private final Path spark;
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final String master;

    /**
     * A worker.
     *
     * @param folder where its executors work
     */
    record Worker(Process process, Path folder) {
        /** Whether it has an executor of this id. */
        boolean has(String executor) throws IOException {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "app-*")) {
                for (Path application : found) {
                    if (Files.isDirectory(application.resolve(executor))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private StandaloneCluster(Path spark, Path folder) throws IOException {
        this.spark = spark;
        this.folder = folder;
        Process process = begin(
                "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        master = await(process, MASTER).group(1);
    }

    /** Starts it, and waits until all workers are registered. */
    static StandaloneCluster start(Path spark, Path folder, int workers) throws IOException {
        StandaloneCluster cluster = new StandaloneCluster(spark, Files.createDirectories(folder));
        try {
            for (int number = 1; number <= workers; number++) {
                cluster.addWorker(number);
            }
            for (Worker worker : cluster.workers) {
                cluster.await(worker.process(), REGISTERED);
            }
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void addWorker(int number) throws IOException {
        Path work = folder.resolve("worker-" + number);
        Process process = begin(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work.toString(),
                master);
        workers.add(new Worker(process, work));
    }

    private Process begin(String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                spark.resolve("jars") + "/*",
                type));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", spark.toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        // Executors hand it on to the trainings that they start.
        environment.put("VAE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Reads what a part logs until it is ready; what it logs then is read and forgotten. */
    private Matcher await(Process process, Pattern ready) throws IOException {
        BufferedReader log = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = ready.matcher(line);
            if (matcher.matches()) {
                Thread reader = new Thread(() -> log.lines().forEach(later -> {}), "log of " + process.pid());
                reader.setDaemon(true);
                reader.start();
                readers.add(reader);
                return matcher;
            }
        }
        throw new AssertionError("it ended:\n" + said);
    }

    /** The address of the master. */
    String master() {
        return master;
    }

    /** The worker that has an executor. */
    Worker workerOf(String executor) throws IOException {
        for (Worker worker : workers) {
            if (worker.has(executor)) {
                return worker;
            }
        }
        throw new AssertionError("no worker has the executor " + executor);
    }

    @Override
    public void close() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
