package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.VaeBackendContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The TensorFlow backend keeps the contract of backends:")
class TensorFlowBackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new TensorFlowBackend();
    }
}
