package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the seams compute. */
abstract class ForwardContract extends ContractGroup {
    /** Relative to the largest value of a tensor, for what a few layers of float32 sums give. */
    private static final double TENSOR_TOLERANCE = 1e-5;

    /** Relative, for the loss terms of each image. */
    private static final double TERM_TOLERANCE = 1e-5;

    ForwardContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("encoder, sampler, decoder and loss give the reference's values in training")
    void training(ContractCase tried) {
        compare(tried, Phase.TRAINING);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("encoder, sampler, decoder and loss give the reference's values in evaluation")
    void evaluation(ContractCase tried) {
        compare(tried, Phase.EVALUATION);
    }

    private void compare(ContractCase tried, Phase phase) {
        Batch batch = tried.batch(0);
        try (VaeModel<?> model = model(tried.request(OptimizerSettings.ADAM));
                VaeModel<?> oracle = oracle(tried.request(OptimizerSettings.ADAM))) {
            ForwardPass found = ForwardPass.of(model, batch, phase);
            ForwardPass expected = ForwardPass.of(oracle, batch, phase);
            Comparison comparison = comparison("forward pass in " + phase, tried);
            requireTensor(comparison, "mean", found.mean(), expected.mean());
            requireTensor(comparison, "log-variance", found.logVariance(), expected.logVariance());
            requireTensor(comparison, "latents", found.latents(), expected.latents());
            requireTensor(comparison, "logits", found.logits(), expected.logits());
            comparison.require(
                    "reconstruction",
                    found.reconstruction(),
                    expected.reconstruction(),
                    image -> TERM_TOLERANCE * expected.reconstruction()[image]);
            comparison.require(
                    "kl", found.kl(), expected.kl(), image -> TERM_TOLERANCE * klScale(expected.kl()[image], tried));
            comparison.report();
        }
    }

    private static double klScale(double kl, ContractCase tried) {
        return kl + tried.architecture().latent();
    }

    private static void requireTensor(Comparison comparison, String name, float[] found, float[] expected) {
        double tolerance = TENSOR_TOLERANCE * Scale.largest(expected);
        comparison.require(name, found, expected, index -> tolerance);
    }
}
