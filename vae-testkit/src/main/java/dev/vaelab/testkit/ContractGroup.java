package dev.vaelab.testkit;

import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.backend.reference.ReferenceBackend;

/** Promises of the contract that belong together, and the backend that is to keep them. */
abstract class ContractGroup {
    private final VaeBackendContract contract;

    ContractGroup(VaeBackendContract contract) {
        this.contract = contract;
    }

    /** The backend under test. */
    final VaeBackend backend() {
        return contract.backend();
    }

    /** A model of the backend under test. */
    final VaeModel<?> model(ModelRequest request) {
        return backend().create(request);
    }

    /** The same model of the reference backend. */
    static VaeModel<?> oracle(ModelRequest request) {
        return new ReferenceBackend().create(request);
    }

    /** A comparison whose messages name the backend. */
    final Comparison comparison(String promise, Object detail) {
        return new Comparison(backend().name() + ", " + promise + ", " + detail);
    }
}
