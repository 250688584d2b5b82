package dev.vaelab.testkit;

import dev.vaelab.api.backend.VaeBackend;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** Everything that a backend promises, checked against the reference backend. See the package for how to run it. */
public abstract class VaeBackendContract {
    /** For the class that names the backend. */
    protected VaeBackendContract() {}

    /** The backend under test; a new one each time, or always the same. */
    protected abstract VaeBackend backend();

    @Nested
    @DisplayName("Forward pass:")
    class Forward extends ForwardContract {
        Forward() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @DisplayName("Learning:")
    class Learning extends LearningContract {
        Learning() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @DisplayName("Weights:")
    class Weights extends WeightsContract {
        Weights() {
            super(VaeBackendContract.this);
        }
    }
}
