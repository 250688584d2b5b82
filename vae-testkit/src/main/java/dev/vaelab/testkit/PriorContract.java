package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a prior promises. A prior proves itself with one subclass, whose class path has it with its service file. */
public abstract class PriorContract extends RowwiseContract<Prior> {
    /** A latent space of one dimension, cut into cells: wide enough for tails, fine enough for a sum to be an integral. */
    private static final int CELLS = 8000;

    private static final double FIRST = -40;
    private static final double WIDTH = 0.01;

    private static final double INTEGRAL_TOLERANCE = 0.01;

    private static final int DRAWS = 20_000;

    /** Kolmogorov's: a sound prior is beyond it in one of ten million seeds, and the seed is the same each time. */
    private static final double DISTANCE = 0.02;

    private static final double MEAN = 0.7;
    private static final double LOG_VARIANCE = -0.5;

    /** Of a divergence of about a nat that is averaged over the draws. */
    private static final double DIVERGENCE_TOLERANCE = 0.05;

    /** Of a divergence of a few nats in float64, or of parts that were added up in float32. */
    private static final float ROUNDING = 1e-5F;

    /** For the class that names the prior. */
    protected PriorContract() {
        super(Prior.class);
    }

    /** The prior under test. */
    protected abstract Prior prior();

    @Override
    final Prior tried() {
        return prior();
    }

    @Override
    final Objective objective() {
        Objective recipe = ModelRequest.RECIPE;
        return new Objective(new ImportanceWeighted(3), recipe.likelihood(), prior(), recipe.sampler());
    }

    @Override
    final <T> T compute(VaeModel<T> model, Rows<T> rows) {
        return model.logPrior(rows.latents());
    }

    @Test
    @DisplayName("the density integrates to 1")
    void normalized() {
        try (VaeModel<?> model = model(1)) {
            assertEquals(1, Arrays.stream(probabilities(model)).sum(), INTEGRAL_TOLERANCE);
        }
    }

    @Test
    @DisplayName("what is drawn has that density")
    void draws() {
        try (VaeModel<?> model = model(1)) {
            requireDensity(probabilities(model), model.drawFromPrior(DRAWS, STREAMS, Purpose.WEIGHTS));
        }
    }

    private static void requireDensity(double[] probabilities, float[] latents) {
        assertEquals(DRAWS, latents.length, "latents of one dimension");
        float[] drawn = latents.clone();
        Arrays.sort(drawn);
        double below = 0;
        int cell = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (; cell < CELLS && FIRST + (cell + 1) * WIDTH <= drawn[draw]; cell++) {
                below += probabilities[cell];
            }
            double share = (double) draw / DRAWS;
            double expected = below;
            float latent = drawn[draw];
            assertTrue(
                    Math.abs(share - expected) < DISTANCE,
                    () -> share + " of the latents are below " + latent + ", expected " + expected);
        }
    }

    @Test
    @DisplayName("fewer draws are the first ones of more")
    void fewerDraws() {
        try (VaeModel<?> model = model(2)) {
            float[] more = model.drawFromPrior(5, STREAMS, Purpose.WEIGHTS);
            float[] fewer = model.drawFromPrior(3, STREAMS, Purpose.WEIGHTS);
            assertArrayEquals(Arrays.copyOf(more, 6), fewer);
        }
    }

    @Test
    @DisplayName("the divergence, averaged over latents of a posterior, is the integral over it")
    void divergence() {
        try (VaeModel<?> model = model(1)) {
            double[] probabilities = probabilities(model);
            double expected = 0;
            for (int cell = 0; cell < CELLS; cell++) {
                double posterior = posterior(FIRST + (cell + 0.5) * WIDTH) * WIDTH;
                if (posterior > 1e-12) {
                    expected += posterior * Math.log(posterior / probabilities[cell]);
                }
            }
            assertEquals(expected, meanDivergence(model), DIVERGENCE_TOLERANCE);
        }
    }

    @Test
    @DisplayName(
            "latents that are a function of noise have the density, too; a prior that has no such function says so")
    void samples() {
        Objective objective = objective();
        Objective drawing =
                new Objective(new PriorSamples(), objective.likelihood(), objective.prior(), objective.sampler());
        if (!prior().reparameterized()) {
            assertThrows(UnsupportedOperationException.class, () -> evaluated(drawing, 1, 5, 1));
            return;
        }
        try (VaeModel<?> model = model(1)) {
            requireDensity(probabilities(model), evaluated(drawing, 1, DRAWS, 1).get(PriorSamples.DRAWN));
        }
    }

    /** Draws of the prior in the place of a loss: of one dimension, a number for each image. */
    private record PriorSamples() implements Loss {
        static final String DRAWN = "drawn";

        @Override
        public String name() {
            return "prior-samples";
        }

        @Override
        public String description() {
            return "draws of the prior";
        }

        @Override
        public int extraNoise() {
            return 1;
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            Posterior<Operand<X>> posterior = model.encode(images);
            Operand<X> drawn = model.samplePrior(noise.ofEach(2, 1, 2)).reshape(images.size(0));
            Operand<X> kl = model.divergence(posterior, model.sample(posterior, noise.ofEach(2, 0, 1)));
            return LossTerms.of(drawn, kl, kl).with(DRAWN, drawn);
        }
    }

    @Test
    @DisplayName("the parts of the divergence add up to it")
    void parts() {
        Objective objective = objective();
        evaluated(new Objective(new SumOfParts(), objective.likelihood(), objective.prior(), objective.sampler()), 1)
                .forEach((term, values) -> {
                    if (term.equals(SumOfParts.DIFFERENCE)) {
                        assertArrayEquals(new float[values.length], values, ROUNDING);
                    }
                });
    }

    /** Takes the divergence in both of its forms. */
    private record SumOfParts() implements Loss {
        static final String DIFFERENCE = "difference";

        @Override
        public String name() {
            return "sum-of-parts";
        }

        @Override
        public String description() {
            return "the divergence less its parts";
        }

        @Override
        public <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            Posterior<Operand<X>> posterior = model.encode(images);
            Operand<X> latents = model.sample(posterior, noise);
            Operand<X> whole = model.divergence(posterior, latents);
            Operand<X> sum = model.divergenceParts(posterior, latents).sum(1);
            return LossTerms.of(model.logLikelihood(images, model.decode(latents)), whole, whole)
                    .with(DIFFERENCE, sum.minus(whole));
        }
    }

    private static double posterior(double latent) {
        double variance = Math.exp(LOG_VARIANCE);
        return Math.exp(-(latent - MEAN) * (latent - MEAN) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    private static <T> double meanDivergence(VaeModel<T> model) {
        float[] means = new float[DRAWS];
        float[] logVariances = new float[DRAWS];
        Arrays.fill(means, (float) MEAN);
        Arrays.fill(logVariances, (float) LOG_VARIANCE);
        float[] latents = STREAMS.gaussian(DRAWS, Purpose.TRAINING_NOISE);
        for (int draw = 0; draw < DRAWS; draw++) {
            latents[draw] = (float) (MEAN + Math.exp(LOG_VARIANCE / 2) * latents[draw]);
        }
        try (TensorScope<T> scope = model.openScope()) {
            Posterior<T> posterior =
                    new Posterior<>(scope.upload(means, DRAWS, 1), scope.upload(logVariances, DRAWS, 1));
            float[] each = scope.download(model.divergence(posterior, scope.upload(latents, DRAWS, 1)));
            double sum = 0;
            for (float value : each) {
                sum += value;
            }
            return sum / each.length;
        }
    }

    /** Of each cell. */
    private static <T> double[] probabilities(VaeModel<T> model) {
        float[] centres = new float[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            centres[cell] = (float) (FIRST + (cell + 0.5) * WIDTH);
        }
        try (TensorScope<T> scope = model.openScope()) {
            float[] densities = scope.download(model.logPrior(scope.upload(centres, CELLS, 1)));
            double[] probabilities = new double[CELLS];
            for (int cell = 0; cell < CELLS; cell++) {
                probabilities[cell] = Math.exp(densities[cell]) * WIDTH;
            }
            return probabilities;
        }
    }
}
