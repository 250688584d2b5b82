package dev.vaelab.report.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vaelab.experiment.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What MLflow's tracking server does of the requests of a run, with one experiment and one run; strict about what it is sent. */
final class TrackingServer implements AutoCloseable {
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, List<String>> metrics = new LinkedHashMap<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<String> artifacts = new ArrayList<>();
    private String experiment;
    private boolean run;
    private String failure;

    TrackingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    synchronized void fail(String answer) {
        failure = answer;
    }

    synchronized void recover() {
        failure = null;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    synchronized String experiment() {
        return experiment;
    }

    synchronized Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    synchronized Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    synchronized Map<String, List<String>> metrics() {
        return Map.copyOf(metrics);
    }

    synchronized List<String> statuses() {
        return List.copyOf(statuses);
    }

    synchronized List<String> artifacts() {
        return List.copyOf(artifacts);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String place = exchange.getRequestURI().toString();
        String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "nothing" : authorization);
        requests.add(exchange.getRequestMethod() + " " + place.replace(API, ""));
        if (failure != null) {
            send(exchange, 503, failure);
        } else if (place.startsWith(ARTIFACTS)) {
            artifacts.add(place.substring(ARTIFACTS.length()));
            send(exchange, 200, "{}");
        } else {
            try {
                Map<?, ?> content = said.isEmpty() ? Map.of() : JsonText.read(said, Map.class);
                String answer = answer(requests.get(requests.size() - 1), content);
                send(
                        exchange,
                        answer == null ? 404 : 200,
                        answer == null ? "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}" : answer);
            } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
                send(exchange, 400, "{\"message\": \"" + e.getClass().getSimpleName() + "\"}");
            }
        }
    }

    /** Null for what is not there. */
    private String answer(String request, Map<?, ?> content) {
        String info = "{\"run\": {\"info\": {\"run_id\": \"r1\", \"lifecycle_stage\": \"active\","
                + " \"artifact_uri\": \"mlflow-artifacts:/e1/r1/artifacts\"}}}";
        switch (request.replaceAll("\\?.*", "")) {
            case "GET experiments/get-by-name":
                return experiment == null ? null : "{\"experiment\": {\"experiment_id\": \"e1\"}}";
            case "POST experiments/create":
                experiment = (String) content.get("name");
                return "{\"experiment_id\": \"e1\"}";
            case "POST runs/create":
                require(content.get("experiment_id").equals("e1") && content.get("start_time") instanceof Number);
                each(content, "tags").forEach(tag -> tags.put((String) tag.get("key"), (String) tag.get("value")));
                run = true;
                return info;
            case "GET runs/get":
                return run ? info : null;
            case "POST runs/log-batch":
                require(content.get("run_id").equals("r1"));
                log(content);
                return "{}";
            case "POST runs/update":
                require(content.get("run_id").equals("r1"));
                statuses.add((String) content.get("status"));
                require(content.get("status").equals("RUNNING") != content.containsKey("end_time"));
                return "{\"run_info\": {}}";
            default:
                throw new IllegalArgumentException(request);
        }
    }

    private void log(Map<?, ?> content) {
        List<Map<?, ?>> params = each(content, "params");
        List<Map<?, ?>> values = each(content, "metrics");
        require(params.size() <= 100 && values.size() <= 1000);
        for (Map<?, ?> parameter : params) {
            String before = parameters.put((String) parameter.get("key"), (String) parameter.get("value"));
            require(before == null || before.equals(parameter.get("value")));
        }
        for (Map<?, ?> value : values) {
            require(((Number) value.get("timestamp")).longValue() > 0);
            metrics.computeIfAbsent((String) value.get("key"), unused -> new ArrayList<>())
                    .add(value.get("value") + " at " + value.get("step"));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> each(Map<?, ?> content, String key) {
        return content.containsKey(key) ? (List<Map<?, ?>>) content.get(key) : List.of();
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
