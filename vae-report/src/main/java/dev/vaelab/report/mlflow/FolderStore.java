package dev.vaelab.report.mlflow;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MLflow's file store: a folder for each experiment, in it one for each run, in that one file for each parameter, tag and metric.
 * {@code mlflow ui --backend-store-uri FOLDER} shows it.
 */
final class FolderStore implements MlflowStore {
    private static final String META = "meta.yaml";
    private static final String ARTIFACTS = "artifacts";
    private static final String DEFAULT_EXPERIMENT = "Default";
    private static final String DEFAULT_ID = "0";
    private static final BigInteger MOST_IDS = BigInteger.TEN.pow(18);

    /** {@code SourceType.LOCAL} of MLflow's {@code service.proto}. */
    private static final int LOCAL = 4;

    private final Path root;

    /** A store in a folder, which is made when something is written. */
    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** A store by a path, relative to the working folder, or a {@code file:} address. */
    static FolderStore of(String named) {
        try {
            return new FolderStore(named.startsWith("file:") ? Path.of(URI.create(named)) : Path.of(named));
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(named + " is no folder: " + e.getMessage(), e);
        }
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public MlflowRun create(String experiment, String name, Map<String, String> tags, long started) {
        return attempt(() -> {
            MlflowRun run = new MlflowRun(
                    experiment(experiment, started),
                    UUID.randomUUID().toString().replace("-", ""));
            Path folder = folder(run);
            for (String part : List.of("metrics", "params", "tags", ARTIFACTS)) {
                Files.createDirectories(folder.resolve(part));
            }
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("artifact_uri", address(folder.resolve(ARTIFACTS)));
            meta.put("end_time", null);
            meta.put("entry_point_name", "");
            meta.put("experiment_id", run.experiment());
            meta.put("lifecycle_stage", "active");
            meta.put("run_id", run.id());
            meta.put("run_name", name);
            meta.put("run_uuid", run.id());
            meta.put("source_name", "");
            meta.put("source_type", LOCAL);
            meta.put("source_version", "");
            meta.put("start_time", started);
            meta.put("status", RunStatus.RUNNING.number());
            meta.put("tags", List.of());
            meta.put("user_id", tags.getOrDefault("mlflow.user", ""));
            writeMeta(folder, meta);
            writeEach(folder.resolve("tags"), tags);
            return run;
        });
    }

    /** The id of an experiment, which is made if it is not there; the store as well, with what MLflow expects in it. */
    private String experiment(String name, long now) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root.resolve(".trash"));
            make(DEFAULT_ID, DEFAULT_EXPERIMENT, now);
        }
        Optional<String> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        // It follows from the name, so that of two runs that begin at one time one makes the experiment.
        String id = idOf(name);
        make(id, name, now);
        return id;
    }

    private Optional<String> find(String name) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> name.equals(nameOf(folder)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .findFirst();
        }
    }

    /** The name of an active experiment; null of any other folder. */
    private static String nameOf(Path folder) {
        Path meta = folder.resolve(META);
        if (!Files.isRegularFile(meta)) {
            return null;
        }
        try {
            Map<String, String> values = YamlLines.read(Files.readString(meta));
            return "active".equals(values.get("lifecycle_stage")) ? values.get("name") : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void make(String id, String name, long now) throws IOException {
        Path folder = root.resolve(id);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", address(folder));
        meta.put("creation_time", now);
        meta.put("experiment_id", id);
        meta.put("last_update_time", now);
        meta.put("lifecycle_stage", "active");
        meta.put("name", name);
        writeMeta(folder, meta);
    }

    private static String idOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).mod(MOST_IDS).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean has(MlflowRun run) {
        return Files.isRegularFile(folder(run).resolve(META));
    }

    @Override
    public void logParameters(MlflowRun run, Map<String, String> parameters) {
        attempt(() -> {
            writeEach(folder(run).resolve("params"), parameters);
            return run;
        });
    }

    @Override
    public void logMetrics(MlflowRun run, List<MlflowMetric> metrics) {
        attempt(() -> {
            for (MlflowMetric metric : metrics) {
                Path file = folder(run).resolve("metrics").resolve(metric.key());
                Files.createDirectories(file.getParent());
                Files.writeString(
                        file,
                        metric.timestamp() + " " + metric.value() + " " + metric.step() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            return run;
        });
    }

    @Override
    public void logArtifact(MlflowRun run, Path file, String name) {
        attempt(() -> {
            byte[] content = Files.readAllBytes(file);
            Path copy = folder(run).resolve(ARTIFACTS).resolve(name);
            Files.createDirectories(copy.getParent());
            AtomicFiles.write(copy, stream -> stream.write(content));
            return run;
        });
    }

    @Override
    public void setStatus(MlflowRun run, RunStatus status, Long ended) {
        attempt(() -> {
            Path meta = folder(run).resolve(META);
            String changed = Files.readString(meta)
                    .lines()
                    .map(line -> line.startsWith("status:") ? "status: " + status.number() : line)
                    .map(line -> line.startsWith("end_time:") ? "end_time: " + ended : line)
                    .collect(Collectors.joining("\n", "", "\n"));
            write(meta, changed);
            return run;
        });
    }

    private Path folder(MlflowRun run) {
        return root.resolve(run.experiment()).resolve(run.id());
    }

    /** As Python has it: with three slashes, without one at the end. */
    private static String address(Path folder) {
        String address = folder.toUri().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static void writeMeta(Path folder, Map<String, Object> meta) throws IOException {
        write(folder.resolve(META), YamlLines.write(meta));
    }

    private static void writeEach(Path folder, Map<String, String> values) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> value : values.entrySet()) {
            // Not forced to the disk one by one, as the record of the run is: there are dozens.
            Files.writeString(folder.resolve(value.getKey()), value.getValue());
        }
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Work<V> {
        V run() throws IOException;
    }

    private <V> V attempt(Work<V> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new RunFailedException("cannot write to " + root + ": " + FileFailures.reason(e), e);
        }
    }
}
