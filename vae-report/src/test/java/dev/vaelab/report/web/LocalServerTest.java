package dev.vaelab.report.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.web.RawRequest.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The local server")
final class LocalServerTest {
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
                        .get("/twice", query -> Document.json(List.of(2 * query.wholeNumber("number", -5, 5))))
                        .get("/busy", query -> {
                            throw new RejectedExecutionException("too much to do");
                        })
                        .get("/broken", query -> {
                            throw new IllegalStateException("out of order");
                        })
                        .get("/lacking", query -> {
                            throw new NoClassDefFoundError("a/b/C");
                        })
                        .post("/echo", body -> Document.text("text/plain", body)),
                failures::add);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("answers what it has, under both names of this machine, and asks browsers to keep strangers out")
    void answers() throws IOException {
        Reply reply = get("/");
        assertEquals(200, reply.status());
        assertEquals("page", reply.body());
        assertTrue(reply.head().contains("Content-Type: text/html; charset=utf-8"), reply.head());
        assertTrue(reply.head().contains("Content-Security-Policy: default-src 'none';"), reply.head());
        assertTrue(reply.head().contains("Cross-Origin-Resource-Policy: same-origin"), reply.head());
        assertFalse(reply.head().contains("Access-Control"), reply.head());
        assertFalse(reply.head().contains("Jetty"), reply.head());
        assertEquals(
                200,
                RawRequest.send(
                                address,
                                "GET / HTTP/1.1\r\nHost: LOCALHOST:" + address.getPort()
                                        + "\r\nConnection: close\r\n\r\n")
                        .status());
        assertEquals("[-8]", get("/twice?number=-4").body());
        assertEquals("[1, 2]", post("application/json; charset=utf-8", "[1, 2]").body());
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/twice           | nothing",
                "/twice?number=   | \"\"",
                "/twice?number=6  | \"6\"",
                "/twice?number=1.5| \"1.5\"",
                "/twice?number=99999999999 | \"99999999999\""
            })
    @DisplayName("says what is wrong with a question, as JSON with status 400")
    void wrongQuestion(String target, String found) throws IOException {
        Reply reply = get(target);
        assertEquals(400, reply.status());
        String expected = "a whole number from -5 to 5";
        assertEquals(
                failure(
                        "number: found " + found + ", expected " + expected,
                        new Problem("number", found, expected, "")),
                reply.body());
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:PORT",
                "Host: 127.0.0.1",
                "Host: 127.0.0.1:1",
                "Host: localhost.evil.example:PORT",
                "Host: [::1]:PORT"
            })
    @DisplayName("refuses requests under another name: a stranger's name can be made to point here")
    void otherHost(String header) throws IOException {
        Reply reply =
                RawRequest.send(address, "GET / HTTP/1.1\r\n" + withPort(header) + "\r\nConnection: close\r\n\r\n");
        assertEquals(403, reply.status(), reply.body());
        assertTrue(reply.body().startsWith("{\"error\":\"Host: found "), reply.body());
        assertFalse(reply.body().contains("page\""), reply.body());
    }

    @Test
    @DisplayName("refuses requests without a name, or with two")
    void noHost() throws IOException {
        assertEquals(403, RawRequest.send(address, "GET / HTTP/1.0\r\n\r\n").status());
        assertEquals(
                400,
                RawRequest.send(address, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
                        .status());
        assertEquals(400, get("/", "Host: evil.example\r\n").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: https://127.0.0.1:PORT",
                "Origin: http://127.0.0.1:1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    @DisplayName("refuses requests of other pages, whatever they ask for")
    void otherOrigin(String header) throws IOException {
        Reply reply = get("/", withPort(header) + "\r\n");
        assertEquals(403, reply.status());
        assertTrue(reply.body().contains("only pages of this server are answered"), reply.body());
        Reply order = RawRequest.send(
                address,
                "POST /echo HTTP/1.1\r\n" + RawRequest.host(address) + withPort(header)
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertEquals(403, order.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://127.0.0.1:PORT",
                "Origin: http://localhost:PORT",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate"
            })
    @DisplayName("answers its own pages, a person who types the address, and one who follows a link to it")
    void ownOrigin(String headers) throws IOException {
        assertEquals(200, get("/", withPort(headers) + "\r\n").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/%2e%2e/pom.xml",
                "/..%2fpom.xml",
                "/..;/pom.xml",
                "/%5c..%5cpom.xml",
                "//etc/passwd",
                "/etc/passwd",
                "/twice/../../../../../../../etc/passwd",
                "/pom.xml%00",
                "/index.html",
                "/logback.xml",
                "/dev/vaelab/cli/Main.class",
                "file:///etc/passwd"
            })
    @DisplayName("has nothing but its routes: no file and no resource is found by its path")
    void noFiles(String target) throws IOException {
        Reply reply = get(target);
        assertTrue(reply.status() == 404 || reply.status() == 400, reply.head());
        assertTrue(reply.body().startsWith("{\"error\":\""), reply.body());
        assertFalse(reply.body().startsWith("{\"error\":\"Bad Request\""), "a reason, not only a status");
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /, GET", "PUT, /echo, POST", "POST, /, GET", "GET, /echo, POST", "OPTIONS, /, GET"})
    @DisplayName("says which method an address takes")
    void otherMethod(String method, String path, String allowed) throws IOException {
        Reply reply = RawRequest.send(
                address,
                method + " " + path + " HTTP/1.1\r\n" + RawRequest.host(address) + "Connection: close\r\n\r\n");
        assertEquals(405, reply.status());
        assertTrue(reply.head().contains("Allow: " + allowed), reply.head());
        assertEquals(
                failure(path + ": found " + method + ", expected " + allowed, new Problem(path, method, allowed, "")),
                reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx"})
    @DisplayName("takes no body but JSON, so that no form of another page can send one")
    void otherType(String type) throws IOException {
        Reply reply = post(type, "{}");
        assertEquals(415, reply.status());
        assertTrue(reply.body().contains("Content-Type: found " + type + ", expected application/json"), reply.body());
    }

    @Test
    @DisplayName("takes no body of more than a mebibyte, announced or in chunks")
    void largeBody() throws IOException {
        int most = 1 << 20;
        assertEquals(most, post("application/json", "x".repeat(most)).body().length());
        String head = "POST /echo HTTP/1.1\r\n" + RawRequest.host(address)
                + "Content-Type: application/json\r\nConnection: close\r\n";
        Reply announced = RawRequest.send(address, head + "Content-Length: " + (most + 1) + "\r\n\r\n");
        assertEquals(413, announced.status());
        assertTrue(announced.body().startsWith("{\"error\":\""), announced.body());
        String chunk = Integer.toHexString(most / 2) + "\r\n" + "x".repeat(most / 2) + "\r\n";
        assertEquals(
                413,
                RawRequest.send(
                                address,
                                head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "1\r\nx\r\n0\r\n\r\n")
                        .status());
        assertEquals(List.of(), failures);
    }

    @Test
    @DisplayName("answers what it cannot read with status 400")
    void nonsense() throws IOException {
        assertEquals(400, RawRequest.send(address, "nonsense\r\n\r\n").status());
        assertEquals(400, get("/twice?number=%zz").status());
        assertEquals(431, get("/", "X-Long: " + "x".repeat(20_000) + "\r\n").status());
    }

    @Test
    @DisplayName("says that it is busy with status 503, and reports what is its own fault")
    void ownFault() throws IOException {
        Reply busy = get("/busy");
        assertEquals(503, busy.status());
        assertEquals("{\"error\":\"too much to do\",\"problems\":[]}", busy.body());
        assertEquals(List.of(), failures);

        Reply broken = get("/broken");
        assertEquals(500, broken.status());
        assertFalse(broken.body().contains("\\tat "), broken.body());
        assertEquals("out of order", failures.get(0).getMessage());
        assertEquals(500, get("/lacking").status());
        assertEquals("a/b/C", failures.get(1).getMessage());
    }

    @Test
    @DisplayName("does not take a port that is taken, nor one that there cannot be")
    void ports() {
        int taken = address.getPort();
        assertEquals(
                "--port " + taken + ": found a port that cannot be had (Address already in use), expected a free one;"
                        + " name another, or 0 for any free port",
                assertThrows(InvalidInputException.class, () -> LocalServer.bind(taken))
                        .getMessage());
        for (int port : new int[] {-1, 65_536}) {
            assertEquals(
                    "--port: found " + port + ", expected a whole number from 0 to 65535, 0 for any free port",
                    assertThrows(InvalidInputException.class, () -> LocalServer.bind(port))
                            .getMessage());
        }
    }

    @Test
    @DisplayName("gives its port back, whether it has served or not")
    void closes() throws IOException {
        server.close();
        server.close();
        assertThrows(ConnectException.class, () -> get("/"));
        LocalServer unused = LocalServer.bind(address.getPort());
        unused.close();
        LocalServer.bind(address.getPort()).close();
    }

    private Reply get(String target) throws IOException {
        return get(target, "");
    }

    private Reply get(String target, String headers) throws IOException {
        return RawRequest.get(address, target, headers);
    }

    private Reply post(String type, String body) throws IOException {
        return RawRequest.send(
                address,
                "POST /echo HTTP/1.1\r\n" + RawRequest.host(address) + "Content-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    private String withPort(String header) {
        return header.replace("PORT", Integer.toString(address.getPort()));
    }

    /** What {@code --json} prints on a command line. */
    private static String failure(String error, Problem problem) {
        record Failure(String error, List<Problem> problems) {}
        return JsonText.line(new Failure(error, List.of(problem)));
    }
}
