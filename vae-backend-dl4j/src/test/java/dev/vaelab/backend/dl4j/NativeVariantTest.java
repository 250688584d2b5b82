package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The native variant")
class NativeVariantTest {
    @Test
    @DisplayName("is the one with oneDNN on a processor with AVX2 and FMA")
    void modernProcessor() {
        assertEquals(Optional.of("-onednn-avx2"), NativeVariant.fastest(Set.of("sse2", "avx", "avx2", "fma")));
    }

    @Test
    @DisplayName("is the plain one on a processor that lacks either")
    void oldProcessor() {
        assertEquals(Optional.empty(), NativeVariant.fastest(Set.of("sse2", "avx", "avx2")));
        assertEquals(Optional.empty(), NativeVariant.fastest(Set.of("sse2", "avx", "fma")));
    }
}
