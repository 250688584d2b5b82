package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vaelab.api.dataset.DatasetProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The data sets of this module")
class DatasetProvidersTest {
    @Test
    @DisplayName("are found as services: mnist, idx, emnist and images, each with a line about it")
    void areServices() {
        List<DatasetProvider> providers = ServiceLoader.load(DatasetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertEquals(
                List.of("mnist", "idx", "emnist", "images"),
                providers.stream().map(DatasetProvider::name).toList());
        for (DatasetProvider provider : providers) {
            assertFalse(provider.description().isBlank());
            assertFalse(provider.description().contains("\n"));
        }
    }
}
