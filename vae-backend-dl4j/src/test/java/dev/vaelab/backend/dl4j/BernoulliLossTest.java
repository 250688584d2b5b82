package dev.vaelab.backend.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.backend.dl4j.TrainableLoss.LossGradients;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The Bernoulli loss")
class BernoulliLossTest {
    private final Scopes scopes = new Scopes();
    private final BernoulliLoss loss = new BernoulliLoss(scopes);

    @Test
    @DisplayName("of extreme logits is finite and exact: 0 where they are right, their size where they are wrong")
    void extremeLogits() {
        try (TensorScope<INDArray> scope = scopes.open()) {
            INDArray logits = scope.upload(new float[] {1000, -1000, 1000, -1000}, 4, 1, 1, 1);
            INDArray images = scope.upload(new float[] {1, 0, 0, 1}, 4, 1, 1, 1);
            Posterior<INDArray> prior =
                    new Posterior<>(scope.upload(new float[4], 4, 1), scope.upload(new float[4], 4, 1));
            LossTerms<INDArray> terms = loss.compute(logits, images, prior);
            assertArrayEquals(new float[] {0, 0, 1000, 1000}, scope.download(terms.reconstruction()));
            LossGradients gradients = loss.backward(logits, images, prior, 1);
            assertArrayEquals(new float[] {0, 0, 0.25f, -0.25f}, scope.download(gradients.logits()));
        }
    }

    @Test
    @DisplayName("has a KL term of 0 for a posterior that is the prior, and of m^2 / 2 for a mean m")
    void kl() {
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
