package dev.vaelab.api.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A prefix of a wrapper")
class WrapperPrefixTest {
    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "module._orig_mod.", "_orig_mod.module.model."})
    @DisplayName("before every name is found and left out, the order of the tensors kept")
    void found(String prefix) {
        NamedTensors wrapped = named(prefix + "encoder.fc.weight", prefix + "decoder.fc1.bias");
        WrapperPrefix found = WrapperPrefix.of(wrapped);
        assertTrue(found.present());
        assertEquals(prefix, found.toString());
        assertEquals(
                List.of("encoder.fc.weight", "decoder.fc1.bias"),
                List.copyOf(found.removeFrom(wrapped).names()));
    }

    @Test
    @DisplayName("is none before some names only, nor where there is no tensor, nor any other word")
    void none() {
        for (NamedTensors tensors : List.of(
                named("module.encoder.fc.weight", "decoder.fc1.bias"),
                named(),
                named("network.encoder.fc.weight"),
                named("modules.encoder.fc.weight"))) {
            WrapperPrefix found = WrapperPrefix.of(tensors);
            assertFalse(found.present(), tensors.names().toString());
            assertEquals(tensors.names(), found.removeFrom(tensors).names());
        }
    }

    private static NamedTensors named(String... names) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name, new Tensor(List.of(), new float[] {1}));
        }
        return new NamedTensors(tensors);
    }
}
