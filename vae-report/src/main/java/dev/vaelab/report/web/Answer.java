package dev.vaelab.report.web;

import dev.vaelab.api.Problem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers. */
final class Answer {
    /** Nothing from elsewhere is loaded, no other page may hold or read what is answered, nothing is kept. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    /** What a browser is told that was refused: as {@code --json} tells a script. */
    private record Failure(String error, List<Problem> problems) {}

    private Answer() {}

    static void write(Response response, Callback callback, int status, Document document) {
        HttpFields.Mutable headers = response.getHeaders();
        HEADERS.forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, document.type());
        headers.put(HttpHeader.CONTENT_LENGTH, document.bytes().length);
        response.setStatus(status);
        response.write(true, ByteBuffer.wrap(document.bytes()), callback);
    }

    static void refuse(Response response, Callback callback, int status, String error, List<Problem> problems) {
        write(response, callback, status, Document.json(new Failure(error, problems)));
    }

    static void refuse(Response response, Callback callback, int status, Problem problem) {
        refuse(response, callback, status, problem.toString(), List.of(problem));
    }
}
