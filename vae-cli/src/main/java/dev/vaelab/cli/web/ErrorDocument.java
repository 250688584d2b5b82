package dev.vaelab.cli.web;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself has to say about a request that no handler has seen, in the form of every other answer. */
final class ErrorDocument extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object message = request.getAttribute(ERROR_MESSAGE);
        int status = response.getStatus();
        Answer.refuse(
                response,
                callback,
                status,
                message == null ? HttpStatus.getMessage(status) : message.toString(),
                List.of());
        return true;
    }
}
