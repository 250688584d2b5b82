package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.VaeBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The contract fails where it should:")
class SabotageTest {
    private static final String EVERY_CHOICE = "Choices.*";

    private static final List<String> CHOICES = List.of(
            "Choices.clipping",
            "Choices.colourImages",
            "Choices.descent",
            "Choices.gaussianLikelihood",
            "Choices.weightDecay");

    @ParameterizedTest(name = "{0}")
    @MethodSource({"backends", "models"})
    @DisplayName("a mistake fails the tests that are meant for it, and no other")
    void mistake(String mistake, VaeBackend sabotaged, Set<String> tests) {
        assertEquals(tests, SabotagedContract.failuresOf(sabotaged), mistake);
    }

    static Stream<Arguments> backends() {
        return Stream.of(
                mistake("a name of two words", new Sabotages.Misnamed(), "Identity.discovery", "Identity.name"),
                mistake("undeclared capabilities", new Sabotages.CapabilityHidden(), EVERY_CHOICE),
                mistake(
                        "an invented capability",
                        new Sabotages.CapabilityInvented(),
                        "Choices.colourImages",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake("a refusal in other words", new Sabotages.RefusalMisworded(), EVERY_CHOICE),
                mistake(
                        "the variance of the likelihood ignored",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::variance),
                        "Choices.gaussianLikelihood",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "momentum ignored",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::momentum),
                        "Choices.descent",
                        "Golden.steps"),
                mistake(
                        "weight decay ignored",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::weightDecay),
                        "Choices.weightDecay",
                        "Golden.steps"),
                mistake(
                        "gradients not clipped",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::clipping),
                        "Choices.clipping",
                        "Golden.steps"),
                mistake("factors in the wrong order", new Sabotages.FactorsSwapped(), "Identity.matrixProduct"),
                mistake("a sum instead of a product", new Sabotages.ProductsAddedUp(), "Identity.matrixProduct"),
                mistake(
                        "epsilon inside the root of Adam",
                        new Sabotages.EpsilonInsideRoot(),
                        "Choices.clipping",
                        "Choices.colourImages",
                        "Choices.gaussianLikelihood",
                        "Choices.weightDecay",
                        "Golden.steps",
                        "Training.adam",
                        "Training.gentleAdam"));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                mistake(
                        "the KL term subtracted",
                        Sabotages.KlSign::new,
                        "Golden.gradients",
                        "Golden.steps",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.gentleAdam",
                        "Training.learning"),
                mistake(
                        "no noise",
                        Sabotages.NoiseIgnored::new,
                        "Golden.gradients",
                        "Golden.steps",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.gentleAdam",
                        "Training.noise"),
                mistake(
                        "beta taken for 1",
                        Sabotages.BetaIgnored::new,
                        "Golden.gradients",
                        "Golden.steps",
                        EVERY_CHOICE,
                        "Gradients.beta",
                        "Training.adam",
                        "Training.gentleAdam"),
                mistake(
                        "the learning rate of the first step in all others",
                        Sabotages.LearningRateKept::new,
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.gentleAdam"),
                mistake(
                        "a biased running variance",
                        Sabotages.BiasedRunningVariance::new,
                        "Golden.steps",
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.gentleAdam"),
                mistake(
                        "weights in the wrong order",
                        Sabotages.TransposedWeights::new,
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.training",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.gentleAdam"),
                mistake(
                        "gradients of the batch before",
                        Sabotages.StaleGradients::new,
                        "Gradients.batchSizes",
                        "Gradients.referenceGradients"),
                mistake(
                        "gradients of eight bits",
                        Sabotages.CoarseGradients::new,
                        "Golden.gradients",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        "Gradients.sameAsStep",
                        EVERY_CHOICE),
                mistake(
                        "rounding for a gradient that is exactly zero",
                        Sabotages.RoundingForGradients::new,
                        "Golden.gradients",
                        "Gradients.absorbedBiases",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        "Gradients.sameAsStep",
                        EVERY_CHOICE),
                mistake(
                        "gradients() moving the running statistics",
                        Sabotages.GradientsMoveStatistics::new,
                        "Gradients.nothingChanges"),
                mistake(
                        "evaluation by the statistics of the batch",
                        Sabotages.EvaluationByBatch::new,
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.independence",
                        "Golden.evaluation",
                        EVERY_CHOICE),
                mistake("moments not taken over", Sabotages.MomentsForgotten::new, "State.resume", "State.separate"),
                mistake("weights handed out without a copy", Sabotages.WeightsShared::new, "State.copies"),
                mistake("NaN taken for black", Sabotages.NanSwallowed::new, "Gradients.nan"),
                mistake("a second close that fails", Sabotages.ClosedOnce::new, "Resources.closedModel"),
                mistake("a close that does nothing", Sabotages.NeverClosed::new, "Resources.closedModel"));
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("a leak of every batch fails the test of the memory")
    void leak() {
        assertEquals(
                Set.of("Resources.steps"),
                SabotagedContract.failuresOf(
                        new SabotagedBackend(Sabotages.Leak::new), VaeBackendContract.Resources.class, "steps"));
    }

    private static Arguments mistake(String what, SabotagedBackend.Sabotage sabotage, String... tests) {
        return mistake(what, new SabotagedBackend(sabotage), tests);
    }

    private static Arguments mistake(String what, VaeBackend sabotaged, String... tests) {
        Set<String> expected = Arrays.stream(tests)
                .flatMap(test -> test.equals(EVERY_CHOICE) ? CHOICES.stream() : Stream.of(test))
                .collect(Collectors.toCollection(TreeSet::new));
        return Arguments.of(what, sabotaged, expected);
    }
}
