package dev.vaelab.testkit;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;

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
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(loss(), recipe.likelihood(), recipe.prior(), recipe.sampler());
    }
}
