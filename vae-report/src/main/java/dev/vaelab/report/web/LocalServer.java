package dev.vaelab.report.web;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A web server that only this machine can reach, and only by its own pages. */
public final class LocalServer implements AutoCloseable {
    /** The address that it is bound to. */
    static final String HOST = "127.0.0.1";

    private static final int LAST_PORT = 65_535;
    private static final int THREADS = 32;
    private static final int MOST_BYTES_OF_BODY = 1 << 20;

    private final Server server;
    private final ServerConnector connector;

    private LocalServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Takes a port. Requests wait until {@link #serve} is called.
     *
     * @param port 0 for any that is free
     * @throws InvalidInputException if there is no such port, or it cannot be had; the place is {@code --port}
     */
    public static LocalServer bind(int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new InvalidInputException(Problem.of(
                    "--port",
                    Integer.toString(port),
                    "a whole number from 0 to " + LAST_PORT + ", 0 for any free port"));
        }
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("web");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    "--port " + port,
                    "a port that cannot be had (" + reason(e) + ")",
                    "a free one",
                    "name another, or 0 for any free port"));
        }
        return new LocalServer(server, connector);
    }

    /** Where a browser finds it. */
    public URI address() {
        return URI.create("http://" + HOST + ":" + connector.getLocalPort() + "/");
    }

    /**
     * Begins to answer.
     *
     * @param failures told what an answer threw that is not the browser's fault
     * @throws RunFailedException if the server does not start
     */
    public void serve(Routes routes, Consumer<Throwable> failures) {
        SizeLimitHandler limited = new SizeLimitHandler(MOST_BYTES_OF_BODY, -1);
        limited.setHandler(new RouteHandler(routes, failures));
        server.setHandler(new OwnPages(connector.getLocalPort(), limited));
        server.setErrorHandler(new ErrorDocument());
        try {
            server.start();
        } catch (Exception e) {
            throw new RunFailedException("the web server does not start: " + e.getMessage(), e);
        }
    }

    /** Gives the port back. A second call does nothing. */
    @Override
    public void close() {
        try {
            // Before serve() there is nothing to stop but the port.
            connector.close();
            server.stop();
        } catch (Exception e) {
            throw new RunFailedException("the web server does not stop: " + e.getMessage(), e);
        }
    }

    /** The server wraps what the system said in words of its own. */
    private static String reason(IOException failure) {
        return failure.getCause() instanceof IOException cause
                ? FileFailures.reason(cause)
                : FileFailures.reason(failure);
    }
}
