package dev.vaelab.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The names of runs")
final class RunNamesTest {
    @Test
    @DisplayName("tell their settings in order, numbers as short as can be")
    void speak() {
        assertEquals("backend=dl4j,model.latent=2,seed=-1", name("backend", "dl4j", "model.latent", 2, "seed", -1L));
        assertEquals("a=0.001,b=1,c=1E-7,d=1E+30", name("a", 1e-3, "b", 1.0, "c", 1e-7, "d", 1e30));
        assertEquals("model.channels=16-32,x=true", name("model.channels", List.of(16, 32), "x", true));
    }

    @Test
    @DisplayName("hold nothing that a file system or a shell takes for something else")
    void areSafe() {
        assertEquals("dataset.path=-a-b-c", name("dataset.path", "/a b/*ü?\"c"));
        assertEquals("run", name());
        assertTrue(name("dataset.path", "x".repeat(1000)).length() <= 150);
    }

    @Test
    @DisplayName("are different for different settings, on file systems that know no small letters too")
    void differ() {
        List<String> names = RunNames.of(List.of(
                Map.of("dataset.path", "a/b"),
                Map.of("dataset.path", "a b"),
                Map.of("dataset.path", "A-B"),
                Map.of("dataset.path", "x".repeat(200) + "1"),
                Map.of("dataset.path", "x".repeat(200) + "2")));
        assertEquals(List.of("dataset.path=a-b", "dataset.path=a-b-2", "dataset.path=A-B-3"), names.subList(0, 3));
        assertNotEquals(names.get(3), names.get(4));
    }

    @Test
    @DisplayName("of thousands that differ at their ends only count up, each once")
    void count() {
        List<Map<String, Object>> settings = new ArrayList<>();
        for (int run = 0; run < 10_000; run++) {
            settings.add(Map.of("dataset.path", "x".repeat(200) + run));
        }
        List<String> names = RunNames.of(settings);
        assertEquals(10_000, Set.copyOf(names).size());
        assertEquals(names.get(0) + "-10000", names.get(9_999));
    }

    private static String name(Object... keysAndValues) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return RunNames.of(List.of(settings)).get(0);
    }
}
