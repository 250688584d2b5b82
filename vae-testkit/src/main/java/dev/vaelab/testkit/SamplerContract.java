package dev.vaelab.testkit;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;

/** What a sampler promises. A sampler proves itself with one subclass, whose class path has it with its service file. */
public abstract class SamplerContract extends RowwiseContract<Sampler> {
    /** For the class that names the sampler. */
    protected SamplerContract() {
        super(Sampler.class);
    }

    /** The sampler under test. */
    protected abstract Sampler sampler();

    @Override
    final Sampler tried() {
        return sampler();
    }

    @Override
    final Objective objective() {
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(new ImportanceWeighted(3), recipe.likelihood(), recipe.prior(), sampler());
    }

    @Override
    final <T> T compute(VaeModel<T> model, Rows<T> rows) {
        return model.sample(rows.posterior(), rows.noise());
    }
}
