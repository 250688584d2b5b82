package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.model.Posterior;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The negative ELBO")
class NegativeElboTest {
    private final Scopes scopes = new Scopes();

    @Test
    @DisplayName(
            "of a Bernoulli likelihood and extreme logits is finite and exact: 0 where they are right, else their size")
    void bernoulliAtTheEnds() {
        requireAtTheEnds(Likelihood.BERNOULLI, new float[] {0, 0, 1000, 1000}, new float[] {0, 0, 0.25f, -0.25f});
    }

    @Test
    @DisplayName(
            "of a Gaussian likelihood and extreme logits is the constant, and 1 / (2 variance) more where they are wrong")
    void gaussianAtTheEnds() {
        Likelihood.Gaussian likelihood = new Likelihood.Gaussian(0.25);
        float right = (float) likelihood.constant();
        requireAtTheEnds(likelihood, new float[] {right, right, right + 2, right + 2}, new float[] {0, 0, 0, -0.0f});
    }

    /** Of four images of one pixel, two that are right and two that are wrong. */
    private void requireAtTheEnds(Likelihood likelihood, float[] terms, float[] byLogits) {
        NegativeElbo loss = new NegativeElbo(likelihood, scopes);
        try (TensorScope<INDArray> scope = scopes.open()) {
            INDArray logits = scope.upload(new float[] {1000, -1000, 1000, -1000}, 4, 1, 1, 1);
            INDArray images = scope.upload(new float[] {1, 0, 0, 1}, 4, 1, 1, 1);
            Posterior<INDArray> prior =
                    new Posterior<>(scope.upload(new float[4], 4, 1), scope.upload(new float[4], 4, 1));
            assertArrayEquals(
                    terms, scope.download(loss.compute(logits, images, prior).reconstruction()));
            assertArrayEquals(
                    byLogits,
                    scope.download(loss.backward(logits, images, prior, 1).logits()));
        }
    }

    @Test
    @DisplayName("has a KL term of 0 for a posterior that is the prior, and of m^2 / 2 for a mean m")
    void kl() {
        NegativeElbo loss = new NegativeElbo(Likelihood.BERNOULLI, scopes);
        try (TensorScope<INDArray> scope = scopes.open()) {
            INDArray logits = scope.upload(new float[2], 2, 1, 1, 1);
            Posterior<INDArray> posterior =
                    new Posterior<>(scope.upload(new float[] {0, 0, 3, 1}, 2, 2), scope.upload(new float[4], 2, 2));
            assertArrayEquals(
                    new float[] {0, 5},
                    scope.download(loss.compute(logits, logits, posterior).kl()));
        }
    }
}
