package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who the backend is. */
abstract class IdentityContract extends ContractGroup {
    IdentityContract(VaeBackendContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("ServiceLoader finds exactly one backend of this name")
    void discovery() {
        List<String> names = ServiceLoader.load(VaeBackend.class).stream()
                .map(provider -> provider.get().name())
                .filter(backend().name()::equals)
                .toList();
        assertEquals(
                List.of(backend().name()), names, "is it in META-INF/services/" + VaeBackend.class.getName() + "?");
    }

    @Test
    @DisplayName("the name is of lower-case letters, digits and hyphens and begins with a letter")
    void name() {
        assertTrue(backend().name().matches("[a-z][a-z0-9-]*"), backend().name());
    }

    @Test
    @DisplayName("the description is one line")
    void description() {
        assertFalse(backend().description().isBlank());
        assertEquals(1, backend().description().lines().count(), backend().description());
    }

    @Test
    @DisplayName("the engine says its name, its version and how many threads it uses")
    void engine() {
        EngineDescription engine = backend().engine();
        assertAll(
                () -> assertFalse(engine.name().isBlank(), "name"),
                () -> assertFalse(engine.version().isBlank(), "version"),
                () -> assertTrue(engine.threads() >= 1, "threads: " + engine.threads()));
    }
}
