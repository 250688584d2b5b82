package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.Precision;
import dev.vaelab.testkit.VaeBackendContract;

class ReferenceBackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new ReferenceBackend();
    }

    @Override
    protected Precision precision() {
        return Precision.FLOAT64;
    }
}
