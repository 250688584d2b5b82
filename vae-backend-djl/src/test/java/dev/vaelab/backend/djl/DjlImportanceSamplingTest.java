package dev.vaelab.backend.djl;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.ImportanceSamplingContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Importance sampling on the DJL backend:")
class DjlImportanceSamplingTest extends ImportanceSamplingContract {
    @Override
    protected VaeBackend backend() {
        return new DjlBackend();
    }
}
