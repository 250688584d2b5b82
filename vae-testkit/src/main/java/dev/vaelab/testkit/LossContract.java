package dev.vaelab.testkit;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;
import java.util.Map;

/** What a loss promises. A loss proves itself with one subclass, whose class path has it with its service file. */
public abstract class LossContract extends PartContract<Loss> {
    /** For the class that names the loss. */
    protected LossContract() {
        super(Loss.class);
    }

    /** The loss under test. */
    protected abstract Loss loss();

    @Override
    final Loss tried() {
        return loss();
    }

    @Override
    final Objective objective() {
        return objective(loss());
    }

    private static Objective objective(Loss loss) {
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(loss, recipe.likelihood(), recipe.prior(), recipe.sampler());
    }

    /**
     * What a loss says of five images in a model that is small and always the same, for tests of one's own: to a loss that is known,
     * for example, another is equal at some value of its key.
     *
     * @param beta weight of the KL term
     * @return for each of the terms, and for {@code loss}, a value for each image, in nats
     */
    protected static Map<String, float[]> evaluate(Loss loss, double beta) {
        return evaluated(objective(loss), beta);
    }
}
