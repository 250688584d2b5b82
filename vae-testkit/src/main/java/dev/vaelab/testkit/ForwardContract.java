package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the seams compute. */
abstract class ForwardContract extends ContractGroup {
    ForwardContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("in evaluation, the seams give the reference's values and change nothing")
    void evaluation(ContractCase tried) {
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            requireReferenceValues(model, oracle, tried, Phase.EVALUATION);
            SameTensors.require(tried.weights(), model.weights());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("in training, the seams give the reference's values and move the running statistics as it does")
    void training(ContractCase tried) {
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            requireReferenceValues(model, oracle, tried, Phase.TRAINING);
            requireReferenceStatistics(model, oracle, tried);
        }
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("the model of the recipe gives the reference's values in training and in evaluation")
    void recipe() {
        try (VaeModel<?> model = model(ContractCase.RECIPE);
                VaeModel<?> oracle = oracle(ContractCase.RECIPE)) {
            requireReferenceValues(model, oracle, ContractCase.RECIPE, Phase.TRAINING);
            requireReferenceStatistics(model, oracle, ContractCase.RECIPE);
            requireReferenceValues(model, oracle, ContractCase.RECIPE, Phase.EVALUATION);
        }
    }

    @Test
    @DisplayName("one model takes batches of any size, one after the other")
    void batchSizes() {
        try (VaeModel<?> model = model(ContractCase.TINY);
                VaeModel<?> oracle = oracle(ContractCase.TINY)) {
            for (int images : new int[] {5, 1, 7, 5}) {
                requireReferenceValues(model, oracle, ContractCase.TINY.ofBatch(images), Phase.EVALUATION);
            }
        }
    }

    @Test
    @DisplayName("in evaluation, what an image gives does not depend on the other images, not even on NaN in them")
    void independence() {
        ContractCase tried = ContractCase.TINY.ofBatch(2);
        Batch batch = tried.batch(0);
        float[] spoiled = batch.images().clone();
        Arrays.fill(spoiled, tried.architecture().image().size(), spoiled.length, Float.NaN);
        try (VaeModel<?> model = model(tried)) {
            ForwardPass clean = ForwardPass.of(model, batch, Phase.EVALUATION);
            ForwardPass beside = ForwardPass.of(model, new Batch(2, spoiled, batch.noise()), Phase.EVALUATION);
            Comparison comparison = comparison("an image beside one of NaN", tried);
            comparison.require(
                    "reconstruction",
                    beside.reconstruction()[0],
                    clean.reconstruction()[0],
                    Tolerances.ofReconstruction(
                            comparison.likelihood(),
                            clean.reconstruction()[0],
                            tried.architecture().image().size()));
            assertTrue(Float.isNaN(beside.reconstruction()[1]), "an image of NaN has a loss of NaN");
            comparison.report();
        }
    }

    @Test
    @DisplayName("the loss is exact for logits so large that their sigmoid is 0 or 1 in float32")
    void extremeLogits() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried)) {
            requireStableLoss(model, tried);
        }
    }

    private <T> void requireStableLoss(VaeModel<T> model, ContractCase tried) {
        ImageShape shape = tried.architecture().image();
        float[] logits = new float[shape.size()];
        Arrays.fill(logits, 200);
        logits[0] = -200;
        try (TensorScope<T> scope = model.openScope()) {
            T decoded = scope.upload(logits, 1, shape.channels(), shape.height(), shape.width());
            float[] white = new float[shape.size()];
            Arrays.fill(white, 1);
            T images = scope.upload(white, 1, shape.channels(), shape.height(), shape.width());
            float[] zeros = new float[tried.architecture().latent()];
            Posterior<T> prior =
                    new Posterior<>(scope.upload(zeros, 1, zeros.length), scope.upload(zeros, 1, zeros.length));
            assertArrayEquals(
                    new float[] {-200},
                    scope.download(model.logLikelihood(images, decoded)),
                    "200 nats for one wrong pixel");
            assertArrayEquals(
                    new float[] {0}, scope.download(model.divergence(prior, prior.mean())), "no nats for the prior");
        }
    }

    private void requireReferenceValues(VaeModel<?> model, VaeModel<?> oracle, ContractCase tried, Phase phase) {
        Comparison comparison = comparison("forward pass in " + phase, tried);
        Batch batch = tried.batch(0);
        ForwardPass.of(model, batch, phase).requireClose(ForwardPass.of(oracle, batch, phase), comparison);
        comparison.report();
    }

    private void requireReferenceStatistics(VaeModel<?> model, VaeModel<?> oracle, ContractCase tried) {
        Comparison comparison = comparison("running statistics", tried);
        NamedTensors expected = oracle.weights();
        comparison.require("", model.weights(), expected, name -> Tolerances.ofValues(expected.values(name)));
        comparison.report();
    }
}
