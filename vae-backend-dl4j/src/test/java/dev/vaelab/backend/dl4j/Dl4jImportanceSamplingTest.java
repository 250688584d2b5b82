package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.ImportanceSamplingContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Importance sampling on the Deeplearning4j backend:")
class Dl4jImportanceSamplingTest extends ImportanceSamplingContract {
    @Override
    protected VaeBackend backend() {
        return new Dl4jBackend();
    }
}
