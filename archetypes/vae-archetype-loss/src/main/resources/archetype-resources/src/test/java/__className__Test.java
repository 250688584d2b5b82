package ${package};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.api.model.Loss;
import dev.vaelab.testkit.LossContract;
import dev.vaelab.training.part.Elbo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ${className}Test extends LossContract {
    @Override
    protected Loss loss() {
        return new ${className}(2);
    }

    @Test
    @DisplayName("with a capacity of 0 nats it is the evidence lower bound")
    void withoutCapacity() {
        assertArrayEquals(evaluate(new Elbo(), 4).get("loss"), evaluate(new ${className}(0), 4).get("loss"), 1e-5F);
    }
}
