package dev.vaelab.report.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request as its bytes: what no client would send, too. */
public final class RawRequest {
    private RawRequest() {}

    /**
     * What came back.
     *
     * @param status the number
     * @param head status line and headers
     * @param body the rest
     */
    public record Reply(int status, String head, String body) {}

    /** Sends a request that is whole, and reads until the server closes the connection. */
    public static Reply send(URI server, String request) throws IOException {
        return send(server, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the bytes of a request that is whole, and reads until the server closes the connection. */
    static Reply send(URI server, byte[] request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request);
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = reply.indexOf("\r\n\r\n");
            String head = reply.substring(0, end);
            return new Reply(Integer.parseInt(head.split(" ")[1]), head, reply.substring(end + 4));
        }
    }

    /** Asks with GET, with further headers, each with its line end. */
    public static Reply get(URI server, String target, String headers) throws IOException {
        return send(server, "GET " + target + " HTTP/1.1\r\n" + host(server) + headers + "Connection: close\r\n\r\n");
    }

    /** The header that every request needs. */
    static String host(URI server) {
        return "Host: " + server.getAuthority() + "\r\n";
    }
}
