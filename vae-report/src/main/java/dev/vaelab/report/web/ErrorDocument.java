package dev.vaelab.report.web;

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
        int status = response.getStatus();
        Answer.refuse(response, callback, status, reason(status, request.getAttribute(ERROR_MESSAGE)), List.of());
        return true;
    }

    /** The server names a bad request by its status alone where the address leads out of the root, for example. */
    private static String reason(int status, Object message) {
        String title = HttpStatus.getMessage(status);
        boolean told = message != null && !message.equals(title);
        if (told || status != HttpStatus.BAD_REQUEST_400) {
            return told ? message.toString() : title;
        }
        return "the request: found an address or a header that breaks the rules of HTTP, expected those that the page sends";
    }
}
