package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.VaeBackendContract;

class ReferenceBackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new ReferenceBackend();
    }
}
