package dev.vaelab.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The address of a master")
final class MasterAddressTest {
    @Test
    @DisplayName("at which nobody answers is refused in one line")
    void nobody() {
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> MasterAddress.require("spark://127.0.0.1:1"));
        assertEquals(
                "--master spark://127.0.0.1:1: found nobody at 127.0.0.1:1 (Connection refused), expected the address of a standalone"
                        + " master that runs; its page shows it, on port 8080 as a rule",
                refusal.getMessage());
    }

    @Test
    @DisplayName("is taken if one of several answers")
    void second() throws IOException {
        try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertDoesNotThrow(() -> MasterAddress.require("spark://127.0.0.1:1,127.0.0.1:" + master.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[2]", "local[*]", "local[2, 3]", "yarn", "k8s://https://host:443"})
    @DisplayName("is not asked for where none is needed, or another program knows")
    void others(String master) {
        assertDoesNotThrow(() -> MasterAddress.require(master));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "local[0]", "spark://host", "spark://host:99999", "spark://host:1,"})
    @DisplayName("that is none is refused with those that there are")
    void none(String master) {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> MasterAddress.require(master));
        assertEquals(
                "--master: found " + master
                        + ", expected local[N], local[*], spark://HOST:PORT, or yarn or k8s://... with spark-submit",
                refusal.getMessage());
    }
}
