package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.VaeBackendContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Deeplearning4j backend")
class Dl4jBackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new Dl4jBackend();
    }
}
