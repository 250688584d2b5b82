package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@DisplayName("The summary of the contract")
class ContractSummaryTest {
    /** The contract on a backend that keeps it; JUnit makes the instances. */
    static final class Sound extends VaeBackendContract {
        @Override
        protected VaeBackend backend() {
            return new ReferenceBackend();
        }
    }

    /** The contract on a backend that has two mistakes. */
    static final class Wrong extends VaeBackendContract {
        @Override
        protected VaeBackend backend() {
            return new DelegatingBackend() {
                @Override
                public String name() {
                    return "Wrong";
                }
            };
        }
    }

    @Test
    @DisplayName("tells for each group how many tests pass, and how the first one fails")
    void failures() {
        assertEquals(
                "Wrong: contract, Identity: 3 of 5 tests pass; the first that fails is discovery:"
                        + " is it in META-INF/services/dev.vaelab.api.backend.VaeBackend?"
                        + " ==> expected: <[Wrong]> but was: <[]>",
                printed(Wrong.class));
    }

    @Test
    @DisplayName("has no failure where every test passes")
    void success() {
        assertEquals("reference: contract, Identity: 5 of 5 tests pass", printed(Sound.class));
    }

    /** What the group Identity prints about the contract as a whole. */
    private static String printed(Class<? extends VaeBackendContract> contract) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectNestedClass(List.of(contract), VaeBackendContract.Identity.class))
                            .build());
        } finally {
            System.setOut(out);
        }
        return String.join(
                "\n",
                printed.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains(": contract, "))
                        .toList());
    }
}
