package dev.vaelab.report.web;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Answers what the routes answer, and says what is wrong with every other request. */
final class RouteHandler extends Handler.Abstract {
    /** Beyond what is let through to here. */
    private static final int MOST_BYTES = 2 << 20;

    private static final String JSON = "application/json";

    private final Routes routes;
    private final Consumer<Throwable> failures;

    /**
     * A handler of routes.
     *
     * @param failures told what an answer threw that is not the browser's fault
     */
    RouteHandler(Routes routes, Consumer<Throwable> failures) {
        this.routes = routes;
        this.failures = failures;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        guard(response, callback, () -> answer(request, response, callback));
        return true;
    }

    /** Does the work of an answer, and turns what it throws into one. */
    private void guard(Response response, Callback callback, Runnable work) {
        try {
            work.run();
        } catch (InvalidInputException e) {
            Answer.refuse(response, callback, HttpStatus.BAD_REQUEST_400, e.getMessage(), e.problems());
        } catch (RejectedExecutionException e) {
            Answer.refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, e.getMessage(), List.of());
        } catch (RuntimeException | Error e) {
            answerFailure(e, response, callback);
        }
    }

    private void answer(Request request, Response response, Callback callback) {
        StrictText.requireUtf8(request.getHttpURI().getPath(), "address");
        StrictText.requireUtf8(request.getHttpURI().getQuery(), "query");
        String path = Request.getPathInContext(request);
        var question = routes.question(path);
        var order = routes.order(path);
        if (question.isPresent() && HttpMethod.GET.is(request.getMethod())) {
            Document document = question.get().apply(query(request));
            Answer.write(response, callback, HttpStatus.OK_200, document);
        } else if (order.isPresent() && HttpMethod.POST.is(request.getMethod())) {
            answerOrder(order.get(), request, response, callback);
        } else if (question.isPresent() || order.isPresent()) {
            String allowed = question.isPresent() ? HttpMethod.GET.asString() : HttpMethod.POST.asString();
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            Answer.refuse(
                    response,
                    callback,
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    Problem.of(path, request.getMethod(), allowed));
        } else {
            Answer.refuse(
                    response,
                    callback,
                    HttpStatus.NOT_FOUND_404,
                    Problem.of(path, "nothing", "an address that the page uses"));
        }
    }

    /** A form of another page can send any body, but cannot call it JSON. */
    private void answerOrder(Function<String, Document> order, Request request, Response response, Callback callback) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (!JSON.equalsIgnoreCase(HttpField.stripParameters(type))) {
            Answer.refuse(
                    response,
                    callback,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    Problem.of(HttpHeader.CONTENT_TYPE.asString(), type == null ? "nothing" : type, JSON));
            return;
        }
        // No thread waits for a body that may never arrive. The answer itself takes its time, and a thread of its own.
        Content.Source.asByteArrayAsync(
                request,
                MOST_BYTES,
                Promise.Invocable.from(Invocable.InvocationType.BLOCKING, (byte[] body, Throwable failure) -> {
                    if (failure == null) {
                        guard(response, callback, () -> {
                            Document document = order.apply(StrictText.of(body, "body"));
                            Answer.write(response, callback, HttpStatus.OK_200, document);
                        });
                    } else {
                        answerMissingBody(failure, response, callback);
                    }
                }));
    }

    private void answerMissingBody(Throwable failure, Response response, Callback callback) {
        if (failure instanceof TimeoutException) {
            Answer.refuse(
                    response,
                    callback,
                    HttpStatus.REQUEST_TIMEOUT_408,
                    Problem.of("body", "nothing for a long time", "as many bytes as Content-Length says"));
        } else if (failure instanceof HttpException) {
            answerFailure(failure, response, callback);
        } else if (failure instanceof IOException) {
            // Whoever asked is gone, and nobody reads an answer.
            callback.failed(failure);
        } else {
            answerFailure(failure, response, callback);
        }
    }

    private static Query query(Request request) {
        Map<String, String> values = new HashMap<>();
        Request.extractQueryParameters(request).forEach(field -> values.put(field.getName(), field.getValue()));
        return new Query(values);
    }

    /** What Jetty throws for a request that is not as it should be says so itself: a body that is too large, for example. */
    private void answerFailure(Throwable failure, Response response, Callback callback) {
        if (failure instanceof HttpException wrong) {
            Answer.refuse(response, callback, wrong.getCode(), String.valueOf(wrong.getReason()), List.of());
            return;
        }
        failures.accept(failure);
        Answer.refuse(response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, failure.toString(), List.of());
    }
}
