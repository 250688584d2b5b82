package ${package};

import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.testkit.DatasetContract;

class ${className}ProviderTest extends DatasetContract {
    @Override
    protected DatasetProvider provider() {
        return new ${className}Provider();
    }
}
