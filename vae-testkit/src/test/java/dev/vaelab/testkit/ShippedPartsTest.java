package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.Deterministic;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.GaussianMixture;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.LearnedGaussian;
import dev.vaelab.training.part.Reparameterized;
import dev.vaelab.training.part.StandardGaussian;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The parts that come with the project keep the contract:")
class ShippedPartsTest {
    @Nested
    @DisplayName("elbo:")
    class OfElbo extends LossContract {
        @Override
        protected Loss loss() {
            return new Elbo();
        }
    }

    @Nested
    @DisplayName("elbo with free bits:")
    class OfFreeBits extends LossContract {
        @Override
        protected Loss loss() {
            return new Elbo(0.1);
        }

        @Test
        @DisplayName("with no free bits it is the plain bound, and where no dimension uses its bits, nothing but them")
        void extremes() {
            Map<String, float[]> plain = evaluate(new Elbo(), 0.5);
            assertArrayEquals(plain.get("loss"), evaluate(new Elbo(0.0), 0.5).get("loss"), 1e-6F);
            float[] reconstruction = plain.get("reconstruction");
            float[] most = evaluate(new Elbo(100.0), 0.5).get("loss");
            for (int image = 0; image < most.length; image++) {
                assertEquals(reconstruction[image] + 0.5F * 2 * 100, most[image], 1e-4F);
            }
        }
    }

    @Nested
    @DisplayName("iwae:")
    class OfImportanceWeighted extends LossContract {
        @Override
        protected Loss loss() {
            return new ImportanceWeighted();
        }
    }

    @Nested
    @DisplayName("bce:")
    class OfBernoulli extends LikelihoodContract {
        @Override
        protected Likelihood likelihood() {
            return new Bernoulli();
        }
    }

    @Nested
    @DisplayName("mse:")
    class OfFixedGaussian extends LikelihoodContract {
        @Override
        protected Likelihood likelihood() {
            return new FixedGaussian();
        }
    }

    @Nested
    @DisplayName("continuous-bernoulli:")
    class OfContinuousBernoulli extends LikelihoodContract {
        @Override
        protected Likelihood likelihood() {
            return new ContinuousBernoulli();
        }
    }

    @Nested
    @DisplayName("gaussian:")
    class OfLearnedGaussian extends LikelihoodContract {
        @Override
        protected Likelihood likelihood() {
            return new LearnedGaussian();
        }
    }

    @Nested
    @DisplayName("standard:")
    class OfStandardGaussian extends PriorContract {
        @Override
        protected Prior prior() {
            return new StandardGaussian();
        }
    }

    @Nested
    @DisplayName("mixture:")
    class OfGaussianMixture extends PriorContract {
        @Override
        protected Prior prior() {
            return new GaussianMixture();
        }
    }

    @Nested
    @DisplayName("reparameterized:")
    class OfReparameterized extends SamplerContract {
        @Override
        protected Sampler sampler() {
            return new Reparameterized();
        }
    }

    @Nested
    @DisplayName("deterministic:")
    class OfDeterministic extends SamplerContract {
        @Override
        protected Sampler sampler() {
            return new Deterministic();
        }
    }
}
