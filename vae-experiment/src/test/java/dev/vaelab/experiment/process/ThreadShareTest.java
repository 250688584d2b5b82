package dev.vaelab.experiment.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The share of threads")
final class ThreadShareTest {
    @Test
    @DisplayName("is at least one thread, however many children there are")
    void atLeastOne() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertEquals(processors, ThreadShare.of(1).threads());
        assertEquals(1, ThreadShare.of(processors + 1).threads());
    }

    @Test
    @DisplayName("of a single child is what this process has")
    void single() {
        assertEquals(Map.of(), new ThreadShare(1, 8).environment(Map.of("OMP_NUM_THREADS", "16")));
    }

    @Test
    @DisplayName("takes the place of what the launcher has set, in every variable that an engine reads")
    void replaces() {
        assertEquals(
                Map.of("VAE_THREADS", "4", "OMP_NUM_THREADS", "4", "OPENBLAS_NUM_THREADS", "4"),
                new ThreadShare(2, 4).environment(Map.of("OMP_NUM_THREADS", "8", "OPENBLAS_NUM_THREADS", "many")));
    }

    @Test
    @DisplayName("leaves fewer threads to whoever asks for fewer")
    void fewer() {
        Map<String, String> environment =
                new ThreadShare(2, 4).environment(Map.of("VAE_THREADS", "3", "OMP_NUM_THREADS", "1"));
        assertEquals(Map.of("VAE_THREADS", "3", "OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "4"), environment);
        assertTrue(new ThreadShare(2, 4).environment(Map.of("VAE_THREADS", "0")).containsValue("4"));
    }
}
