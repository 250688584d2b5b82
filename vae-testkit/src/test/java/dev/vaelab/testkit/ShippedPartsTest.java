package dev.vaelab.testkit;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

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
