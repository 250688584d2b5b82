package dev.vaelab.report.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.report.web.RawRequest.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The bytes of a request")
final class RequestBytesTest {
    private static final int UNFINISHED = 200;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private LocalServer server;
    private URI address;

    @BeforeEach
    void serve() {
        server = LocalServer.bind(0);
        address = server.address();
        server.serve(
                new Routes()
                        .get("/", query -> Document.text("text/html", "page"))
                        .get("/é", query -> Document.text("text/plain", "accent"))
                        .post("/echo", body -> Document.text("text/plain", body)),
                failures::add);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    @DisplayName("that never arrive keep no other request waiting: 200 bodies are announced, and none is sent")
    void bodiesThatNeverArrive() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int index = 0; index < UNFINISHED; index++) {
                Socket socket = new Socket(address.getHost(), address.getPort());
                socket.getOutputStream().write(head("POST /echo", 10).getBytes(StandardCharsets.UTF_8));
                waiting.add(socket);
            }
            assertEquals("page", RawRequest.get(address, "/", "").body());
            assertEquals("ab", post("ab".getBytes(StandardCharsets.UTF_8)).body());
            // One of them is answered after all when its body comes.
            Socket late = waiting.get(0);
            late.getOutputStream().write("0123456789".getBytes(StandardCharsets.UTF_8));
            String reply = new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(reply.endsWith("\r\n\r\n0123456789"), reply);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c328", "eda080", "f8888080", "c0af", "e282"})
    @DisplayName(
            "are UTF-8, or the request is refused with status 400: in the body, the address and the query, escaped or not")
    void noUtf8(String hexadecimal) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        String escaped = hexadecimal.replaceAll("..", "%$0");
        List<Reply> replies = List.of(
                post(bytes),
                RawRequest.get(address, "/" + escaped, ""),
                RawRequest.get(address, "/?name=" + escaped, ""),
                RawRequest.get(address, "/?" + escaped + "=1", ""),
                raw("GET /", bytes),
                raw("GET /?name=", bytes));
        replies.forEach(reply -> assertEquals(400, reply.status(), reply.toString()));
        replies.forEach(reply -> assertTrue(reply.body().startsWith("{\"error\":"), reply.body()));
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?a=%", "/?a=%4", "/?a=%zz", "/?a=%u0041"})
    @DisplayName("that are escaped have two digits each")
    void halfEscapes(String target) throws IOException {
        assertEquals(400, RawRequest.get(address, target, "").status());
        assertEquals(List.of(), failures);
    }

    @Test
    @DisplayName("that are UTF-8 are taken as they are")
    void utf8() throws IOException {
        assertEquals("é😀", post("é😀".getBytes(StandardCharsets.UTF_8)).body());
        assertEquals("accent", RawRequest.get(address, "/%C3%A9", "").body());
        assertEquals(
                "page", RawRequest.get(address, "/?name=%F0%9F%98%80&b=%25", "").body());
    }

    private Reply post(byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head("POST /echo", body.length).getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return RawRequest.send(address, request.toByteArray());
    }

    private Reply raw(String beginning, byte[] bytes) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(beginning.getBytes(StandardCharsets.UTF_8));
        request.writeBytes(bytes);
        request.writeBytes((" HTTP/1.1\r\n" + RawRequest.host(address) + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return RawRequest.send(address, request.toByteArray());
    }

    private String head(String request, int length) {
        return request + " HTTP/1.1\r\n" + RawRequest.host(address)
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n";
    }
}
