package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.ImportanceSamplingContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Importance sampling on the reference backend:")
class ReferenceImportanceSamplingTest extends ImportanceSamplingContract {
    @Override
    protected VaeBackend backend() {
        return new ReferenceBackend();
    }
}
