package dev.vaelab.report.web;

import dev.vaelab.api.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets the server's own pages through, and refuses whatever another page sends from the same browser.
 *
 * <p>A page from anywhere can send requests to 127.0.0.1, and can read the answers too if its own name is made to point
 * here (DNS rebinding). It cannot choose the header {@code Host}, which then holds that name, nor {@code Origin} and
 * {@code Sec-Fetch-Site}, by which a browser says whose request it is.
 */
final class OwnPages extends Handler.Wrapper {
    private static final int HTTP_PORT = 80;

    private final Set<String> hosts;
    private final Set<String> origins;

    /** Guards a handler that is reached at this port. */
    OwnPages(int port, Handler handler) {
        super(handler);
        // Browsers leave the port of http out.
        String suffix = port == HTTP_PORT ? "" : ":" + port;
        this.hosts = Set.of(LocalServer.HOST + suffix, "localhost" + suffix);
        this.origins = hosts.stream().map(host -> "http://" + host).collect(Collectors.toSet());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> problem = wrongHost(request)
                .or(() -> otherPage(request, HttpHeader.ORIGIN.asString(), origins))
                .or(() -> otherSite(request));
        if (problem.isPresent()) {
            Answer.refuse(response, callback, HttpStatus.FORBIDDEN_403, problem.get());
            return true;
        }
        return super.handle(request, response, callback);
    }

    private Optional<Problem> wrongHost(Request request) {
        String header = HttpHeader.HOST.asString();
        return request.getHeaders().contains(HttpHeader.HOST)
                ? otherPage(request, header, hosts)
                : Optional.of(problem(header, "nothing", hosts));
    }

    /** A link from another page may lead here: that page cannot read what it leads to. */
    private static Optional<Problem> otherSite(Request request) {
        return "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
                ? Optional.empty()
                : otherPage(request, "Sec-Fetch-Site", Set.of("same-origin", "none"));
    }

    private static Optional<Problem> otherPage(Request request, String header, Set<String> allowed) {
        List<String> found = request.getHeaders().getValuesList(header);
        return found.stream()
                .filter(value -> !allowed.contains(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(value -> problem(header, value, allowed));
    }

    private static Problem problem(String header, String found, Set<String> allowed) {
        return new Problem(
                header,
                found,
                allowed.stream().sorted().collect(Collectors.joining(" or ")),
                "only pages of this server are answered");
    }
}
