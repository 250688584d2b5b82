package dev.vaelab.report.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The addresses of a server and what is answered there; there are no others.
 *
 * <p>An answer may throw: {@link dev.vaelab.api.InvalidInputException} tells the browser what was wrong with its question
 * (status 400), {@link java.util.concurrent.RejectedExecutionException} that there is too much to do (status 503).
 */
public final class Routes {
    private final Map<String, Function<Query, Document>> questions = new HashMap<>();
    private final Map<String, Function<String, Document>> orders = new HashMap<>();

    /** Answers GET. */
    public Routes get(String path, Function<Query, Document> answer) {
        questions.put(path, answer);
        return this;
    }

    /** Answers POST; the answer is given the body, which is JSON. */
    public Routes post(String path, Function<String, Document> answer) {
        orders.put(path, answer);
        return this;
    }

    Optional<Function<Query, Document>> question(String path) {
        return Optional.ofNullable(questions.get(path));
    }

    Optional<Function<String, Document>> order(String path) {
        return Optional.ofNullable(orders.get(path));
    }
}
