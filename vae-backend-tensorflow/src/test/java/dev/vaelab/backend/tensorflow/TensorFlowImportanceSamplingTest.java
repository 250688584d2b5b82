package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.ImportanceSamplingContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Importance sampling on the TensorFlow backend:")
class TensorFlowImportanceSamplingTest extends ImportanceSamplingContract {
    @Override
    protected VaeBackend backend() {
        return new TensorFlowBackend();
    }
}
