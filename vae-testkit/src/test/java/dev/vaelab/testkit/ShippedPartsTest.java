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
import dev.vaelab.training.part.InformationMaximizing;
import dev.vaelab.training.part.InformationMaximizing.Kernel;
import dev.vaelab.training.part.LearnedGaussian;
import dev.vaelab.training.part.Reparameterized;
import dev.vaelab.training.part.StandardGaussian;
import dev.vaelab.training.part.TotalCorrelation;
import dev.vaelab.training.part.VampPrior;
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
    @DisplayName("beta-tc:")
    class OfTotalCorrelation extends LossContract {
        @Override
        protected Loss loss() {
            return new TotalCorrelation(0.3, 1.5);
        }

        /** The KL that is sampled; it is what a bound of one latent has, too. */
        @Test
        @DisplayName(
                "with all weights 1 it is the bound with its KL by sampling, whatever is known of the aggregate posterior")
        void bound() {
            assertArrayEquals(
                    evaluate(new ImportanceWeighted(1), 1).get("loss"),
                    evaluate(new TotalCorrelation(), 1).get("loss"),
                    1e-5F);
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
    @DisplayName("info:")
    class OfInformationMaximizing extends LossContract {
        @Override
        protected Loss loss() {
            return new InformationMaximizing(0.25, 20, Kernel.GAUSSIAN, 0.7);
        }

        @Test
        @DisplayName(
                "nothing but reconstruction and discrepancy is left with alpha 1, which is WAE-MMD, whatever beta is")
        void wasserstein() {
            Map<String, float[]> terms =
                    evaluate(new InformationMaximizing(1, 10, Kernel.INVERSE_MULTIQUADRATIC, 1), 0.3);
            for (int image = 0; image < terms.get("loss").length; image++) {
                assertEquals(
                        terms.get("reconstruction")[image] + 10 * terms.get("mmd")[image],
                        terms.get("loss")[image],
                        1e-4F);
            }
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
    @DisplayName("vamp:")
    class OfVampPrior extends PriorContract {
        @Override
        protected Prior prior() {
            return new VampPrior(3);
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
