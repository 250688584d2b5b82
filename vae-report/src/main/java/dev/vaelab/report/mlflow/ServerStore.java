package dev.vaelab.report.mlflow;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.json.JsonText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tracking server, by MLflow's REST API 2.0.
 *
 * <p>Requests are Java's own: MLflow's client for Java would bring Protocol Buffers, Gson and an HTTP client along for these seven. As it
 * does, they take name and password, or a token, from the environment: {@code MLFLOW_TRACKING_USERNAME} and {@code
 * MLFLOW_TRACKING_PASSWORD}, or {@code MLFLOW_TRACKING_TOKEN}.
 */
final class ServerStore implements MlflowStore {
    /** So long a training waits for a server at most, which happens once for an epoch. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** {@code MAX_PARAMS_TAGS_PER_BATCH} of MLflow's {@code validation.py}; metrics may be more. */
    private static final int MOST_IN_BATCH = 100;

    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final String PROXIED = "mlflow-artifacts:/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String address;
    private final Optional<String> authorization;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** A server by its address, with what the environment says of whoever asks. */
    ServerStore(String address) {
        this(address, System.getenv());
    }

    /** A server by its address. */
    ServerStore(String address, Map<String, String> environment) {
        this.address = address.replaceAll("/+$", "");
        this.authorization = authorization(environment);
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        if (token != null) {
            return Optional.of("Bearer " + token);
        }
        String name = environment.get("MLFLOW_TRACKING_USERNAME");
        String password = environment.get("MLFLOW_TRACKING_PASSWORD");
        return name == null || password == null
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String location() {
        return address;
    }

    @Override
    public MlflowRun create(String experiment, String name, Map<String, String> tags, long started) {
        String id = find(experiment).orElseGet(() -> make(experiment));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("experiment_id", id);
        request.put("run_name", name);
        request.put("user_id", tags.getOrDefault("mlflow.user", ""));
        request.put("start_time", started);
        request.put("tags", pairs(tags));
        Map<?, ?> info = part(part(post("runs/create", request), "run"), "info");
        return new MlflowRun(id, text(info, "run_id"));
    }

    private Optional<String> find(String experiment) {
        String place = API + "experiments/get-by-name?experiment_name=" + encoded(experiment);
        HttpResponse<String> response = send(place, request -> request.GET());
        return response.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(text(part(answer(place, response), "experiment"), "experiment_id"));
    }

    private String make(String experiment) {
        try {
            return text(post("experiments/create", Map.of("name", experiment)), "experiment_id");
        } catch (RunFailedException e) {
            // Another run may have made it in between.
            return find(experiment).orElseThrow(() -> e);
        }
    }

    @Override
    public boolean has(MlflowRun run) {
        String place = API + "runs/get?run_id=" + encoded(run.id());
        HttpResponse<String> response = send(place, request -> request.GET());
        if (response.statusCode() == NOT_FOUND) {
            return false;
        }
        Map<?, ?> info = part(part(answer(place, response), "run"), "info");
        return !"deleted".equals(info.get("lifecycle_stage"));
    }

    @Override
    public void logParameters(MlflowRun run, Map<String, String> parameters) {
        List<Map<String, String>> all = pairs(parameters);
        for (int from = 0; from < all.size(); from += MOST_IN_BATCH) {
            logBatch(run, "params", all.subList(from, Math.min(all.size(), from + MOST_IN_BATCH)));
        }
    }

    @Override
    public void logMetrics(MlflowRun run, List<MlflowMetric> metrics) {
        for (int from = 0; from < metrics.size(); from += MOST_IN_BATCH) {
            logBatch(run, "metrics", metrics.subList(from, Math.min(metrics.size(), from + MOST_IN_BATCH)));
        }
    }

    private void logBatch(MlflowRun run, String kind, List<?> values) {
        post("runs/log-batch", Map.of("run_id", run.id(), kind, values));
    }

    /** Only to a server that takes artifacts for its store: others name a place that only MLflow's own clients can reach. */
    @Override
    public void logArtifact(MlflowRun run, Path file, String name) {
        String place = API + "runs/get?run_id=" + encoded(run.id());
        Map<?, ?> info = part(part(answer(place, send(place, request -> request.GET())), "run"), "info");
        String artifacts = String.valueOf(info.get("artifact_uri"));
        if (artifacts.startsWith(PROXIED)) {
            String path = artifacts.substring(PROXIED.length()).replaceAll("^/+", "") + "/" + name;
            String target = ARTIFACTS + path;
            answer(target, send(target, request -> request.PUT(BodyPublishers.ofFile(file))));
        }
    }

    @Override
    public void setStatus(MlflowRun run, RunStatus status, Long ended) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("run_id", run.id());
        request.put("status", status.name());
        if (ended != null) {
            request.put("end_time", ended);
        }
        post("runs/update", request);
    }

    private static List<Map<String, String>> pairs(Map<String, String> values) {
        List<Map<String, String>> pairs = new ArrayList<>();
        values.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
        return pairs;
    }

    private Map<?, ?> post(String method, Map<String, ?> content) {
        String place = API + method;
        return answer(
                place,
                send(
                        place,
                        request -> request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(JsonText.line(content)))));
    }

    /** What is special of a request. */
    @FunctionalInterface
    private interface Kind {
        HttpRequest.Builder of(HttpRequest.Builder request) throws IOException;
    }

    private HttpResponse<String> send(String place, Kind kind) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(address + place)).timeout(PATIENCE);
            authorization.ifPresent(value -> request.header("Authorization", value));
            return client.send(kind.of(request).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RunFailedException("the tracking server " + address + " cannot be asked: " + reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(address + " is no address of a tracking server: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while the tracking server " + address + " was asked", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null && e instanceof ConnectException ? "no connection" : FileFailures.reason(e);
    }

    private Map<?, ?> answer(String place, HttpResponse<String> response) {
        String said = response.body();
        if (response.statusCode() != OK) {
            throw new RunFailedException("the tracking server " + address + " answers " + response.statusCode() + " to "
                    + place.replaceAll("\\?.*", "") + message(said));
        }
        try {
            return said.isBlank() ? Map.of() : JsonText.read(said, Map.class);
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(address + " does not answer as a tracking server does", e);
        }
    }

    /** What the server says of a failure, if it says it as MLflow does. */
    private static String message(String said) {
        try {
            Object message = JsonText.read(said, Map.class).get("message");
            return message == null ? "" : ": " + message;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Map<?, ?> part(Map<?, ?> object, String key) {
        if (object.get(key) instanceof Map<?, ?> part) {
            return part;
        }
        throw new RunFailedException(address + " does not answer as a tracking server does: there is no " + key);
    }

    private String text(Map<?, ?> object, String key) {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new RunFailedException(address + " does not answer as a tracking server does: there is no " + key);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
