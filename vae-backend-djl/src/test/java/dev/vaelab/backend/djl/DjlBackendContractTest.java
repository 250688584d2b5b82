package dev.vaelab.backend.djl;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.VaeBackendContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The DJL backend keeps the contract of backends:")
class DjlBackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new DjlBackend();
    }
}
