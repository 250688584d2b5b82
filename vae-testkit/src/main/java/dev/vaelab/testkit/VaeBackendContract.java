package dev.vaelab.testkit;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.training.model.ModelRequest;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that a backend promises, in groups; most of it is checked against the reference backend, and each network, part and
 * optimizer against PyTorch, too. The package's documentation tells how to run it.
 *
 * <p>Tests of the recipe's full size and those that watch the memory carry the tag {@value #SLOW}. Each group carries its class's
 * name in lower case as a tag, since a group cannot be chosen by its class, which the class that names the backend only inherits.
 * Groups run in the order in which they build on each other.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@ExtendWith(ContractSummary.class)
public abstract class VaeBackendContract {
    /** Tag of the tests that take seconds. */
    public static final String SLOW = "slow";

    /** For the class that names the backend. */
    protected VaeBackendContract() {}

    /** The backend under test: a new one each time, or always the same. */
    protected abstract VaeBackend backend();

    /**
     * What the backend keeps weights and moments in; float32 unless overridden.
     *
     * <p>It decides what resuming a training promises. Where nothing is lost at the border, a training that goes on
     * from exported weights and moments is bit for bit the training that was never interrupted. Where something is
     * lost, it is bit for bit the training that went on after an export and import of its own.
     */
    protected Precision precision() {
        return Precision.FLOAT32;
    }

    /** Opens an engine of the backend under test; the kit's own tests put mistakes in here. */
    Engine<?> open() {
        return backend().open();
    }

    /** Makes a model of the backend under test; the kit's own tests put mistakes in here. */
    VaeModel<?> create(ModelRequest request) {
        return request.create(backend());
    }

    @Nested
    @Order(1)
    @Tag("identity")
    @DisplayName("Identity:")
    class Identity extends IdentityContract {
        Identity() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(2)
    @Tag("operations")
    @DisplayName("Operations:")
    class Operations extends OperationContract {
        Operations() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(3)
    @Tag("forward")
    @DisplayName("Forward pass:")
    class Forward extends ForwardContract {
        Forward() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(4)
    @Tag("gradients")
    @DisplayName("Gradients:")
    class Gradients extends GradientContract {
        Gradients() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(5)
    @Tag("training")
    @DisplayName("Training:")
    class Training extends TrainingContract {
        Training() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(6)
    @Tag("choices")
    @DisplayName("Choices:")
    class Choices extends ChoiceContract {
        Choices() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(7)
    @Tag("golden")
    @DisplayName("Numbers of PyTorch:")
    class Golden extends GoldenContract {
        Golden() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(8)
    @Tag("state")
    @DisplayName("Weights and optimizer state:")
    class State extends StateContract {
        State() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(9)
    @Tag("refusals")
    @DisplayName("Refusals:")
    class Refusals extends RefusalContract {
        Refusals() {
            super(VaeBackendContract.this);
        }
    }

    @Nested
    @Order(10)
    @Tag("resources")
    @DisplayName("Resources:")
    class Resources extends ResourceContract {
        Resources() {
            super(VaeBackendContract.this);
        }
    }
}
