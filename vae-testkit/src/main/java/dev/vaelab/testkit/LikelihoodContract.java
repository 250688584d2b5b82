package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a likelihood promises. It proves itself with one subclass, whose class path has it with its service file. */
public abstract class LikelihoodContract extends RowwiseContract<Likelihood> {
    private static final int PIXELS = 15;

    /** For the class that names the likelihood. */
    protected LikelihoodContract() {
        super(Likelihood.class);
    }

    /** The likelihood under test. */
    protected abstract Likelihood likelihood();

    @Override
    final Likelihood tried() {
        return likelihood();
    }

    @Override
    final Objective objective() {
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(new ImportanceWeighted(3), likelihood(), recipe.prior(), recipe.sampler());
    }

    @Override
    final <T> T compute(VaeModel<T> model, Rows<T> rows) {
        return model.logLikelihood(rows.images(), rows.logits());
    }

    @ParameterizedTest
    @ValueSource(floats = {-1000, -1, -0.01f, 0, 0.01f, 1, 1000})
    @DisplayName(
            "the density of black, grey and white pixels is finite for any logit, and the expected pixel lies in [0,1]")
    void anyLogit(float logit) {
        try (VaeModel<?> model = model(2)) {
            for (float pixel : new float[] {0, 0.5f, 1}) {
                requireSound(model, pixel, logit);
            }
        }
    }

    private static <T> void requireSound(VaeModel<T> model, float pixel, float logit) {
        try (TensorScope<T> scope = model.openScope()) {
            T images = scope.upload(filled(pixel), 1, 1, 3, 5);
            T logits = scope.upload(filled(logit), 1, 1, 3, 5);
            float density = scope.download(model.logLikelihood(images, logits))[0];
            float expected = scope.download(model.expectedImages(logits))[0];
            String where = "for a pixel of " + pixel + " and a logit of " + logit;
            assertTrue(Float.isFinite(density), () -> "the density is " + density + " " + where);
            assertTrue(expected >= 0 && expected <= 1, () -> "the expected pixel is " + expected + " " + where);
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[PIXELS];
        Arrays.fill(values, value);
        return values;
    }
}
