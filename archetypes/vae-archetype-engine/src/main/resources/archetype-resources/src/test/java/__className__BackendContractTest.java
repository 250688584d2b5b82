package ${package};

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.testkit.VaeBackendContract;

class ${className}BackendContractTest extends VaeBackendContract {
    @Override
    protected VaeBackend backend() {
        return new ${className}Backend();
    }
}
