package dev.vaelab.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mistakes that backends make, each with the tests that notice it. */
final class Mistakes {
    /** Each choice is held against the reference in the seams, in evaluation, by its gradients and in training. */
    private static final String EVERY_CHOICE = "Choices.*";

    /** Every choice in which latents depend on noise and variance: without noise they are the mean, whatever is done to those. */
    private static final String EVERY_NOISY_CHOICE = "Choices.* with noise";

    /**
     * Every choice that is trained by Adam. In each, some entries of gradients are so small, 1e-3 or less, that Adam's
     * epsilon shows beside their squares.
     */
    private static final String EVERY_CHOICE_OF_ADAM = "Choices.* of Adam";

    private static final List<String> CHOICES = List.of(
            "Choices.clipping",
            "Choices.colourImages",
            "Choices.conditional",
            "Choices.continuousBernoulli",
            "Choices.descent",
            "Choices.deterministicSampler",
            "Choices.gaussianLikelihood",
            "Choices.importanceWeights",
            "Choices.learnedVariance",
            "Choices.mixturePrior",
            "Choices.networks",
            "Choices.weightDecay");

    private static final Map<String, List<String>> GROUPS = Map.of(
            EVERY_CHOICE, CHOICES,
            EVERY_NOISY_CHOICE, choicesWithout("Choices.deterministicSampler"),
            EVERY_CHOICE_OF_ADAM, choicesWithout("Choices.descent"));

    private Mistakes() {}

    /** Of the backend as a whole. */
    static Stream<Mistake> ofBackends() {
        return Stream.of(
                mistake("a name of two words", new Sabotages.Misnamed(), "Identity.discovery", "Identity.name"),
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
                        "Choices.absorbedDecay",
                        "Choices.weightDecay",
                        "Golden.steps"),
                mistake(
                        "absorbed biases kept from decay",
                        Sabotages.AbsorbedKept::new,
                        "Choices.absorbedDecay",
                        "Choices.weightDecay",
                        "Golden.steps"),
                mistake(
                        "gradients not clipped",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::clipping),
                        "Choices.clipping",
                        "Golden.steps"),
                mistake(
                        "every loss taken for the ELBO",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::loss),
                        "Choices.importanceWeights",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "every sampler taken for the reparameterized one",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::sampler),
                        "Choices.deterministicSampler",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "the continuous Bernoulli taken for the discrete one",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::likelihood),
                        "Choices.continuousBernoulli",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "other tensors of parts",
                        new Sabotages.Misunderstood(Sabotages.Misunderstood::parts),
                        "Choices.learnedVariance",
                        "Choices.mixturePrior",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake("factors in the wrong order", new Sabotages.FactorsSwapped(), "Identity.matrixProduct"),
                mistake("a sum instead of a product", new Sabotages.ProductsAddedUp(), "Identity.matrixProduct"),
                mistake(
                        "epsilon inside the root of Adam",
                        new Sabotages.EpsilonInsideRoot(),
                        EVERY_CHOICE_OF_ADAM,
                        "Choices.absorbedDecay",
                        "Golden.steps",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam"),
                mistake("a description of two lines", new StateSabotages.Talkative(), "Identity.description"),
                mistake("threads that nobody counted", new StateSabotages.ThreadsUnknown(), "Identity.engine"),
                mistake("wrong weights taken by create()", new InputSabotages.LenientCreate(), "Refusals.create"),
                mistake(
                        "weights in one order only",
                        new InputSabotages.OrderDemanded(),
                        "Refusals.create",
                        "State.order"),
                mistake(
                        "initial weights of its own",
                        new InputSabotages.SeedIgnored(),
                        EVERY_CHOICE,
                        "Choices.absorbedDecay",
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.training",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training",
                        "Gradients.absorbedBiases",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        "Refusals.batchLengths",
                        "Refusals.loadWeights",
                        "Refusals.singleValue",
                        "State.average",
                        "State.order",
                        "State.weights",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam",
                        "Training.learningRateZero",
                        "Training.seed",
                        "Training.severalBatches"),
                mistake(
                        "the last digit left to chance",
                        new StateSabotages.LastDigitOfChance(),
                        "State.resume",
                        "State.twoModels",
                        "Training.repeatable"),
                mistake(
                        "a learning rate that models share",
                        new StateSabotages.LearningRateShared(),
                        "State.twoModels"));
    }

    /** In what a model computes. */
    static Stream<Mistake> ofModels() {
        return Stream.of(
                mistake(
                        "the KL term subtracted",
                        Sabotages.KlSign::new,
                        EVERY_CHOICE,
                        "Golden.gradients",
                        "Golden.steps",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam",
                        "Training.learning"),
                mistake(
                        "no noise",
                        Sabotages.NoiseIgnored::new,
                        EVERY_NOISY_CHOICE,
                        "Golden.gradients",
                        "Golden.steps",
                        "Gradients.batchSizes",
                        "Gradients.beta",
                        "Gradients.referenceGradients",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam",
                        "Training.noise"),
                mistake(
                        "beta taken for 1",
                        Sabotages.BetaIgnored::new,
                        EVERY_CHOICE,
                        "Golden.gradients",
                        "Golden.steps",
                        "Gradients.beta",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam"),
                mistake(
                        "the learning rate of the first step in all others",
                        Sabotages.LearningRateKept::new,
                        EVERY_CHOICE,
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam"),
                mistake(
                        "a biased running variance",
                        Sabotages.BiasedRunningVariance::new,
                        EVERY_CHOICE,
                        "Golden.steps",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam"),
                mistake(
                        "weights in the wrong order",
                        Sabotages.TransposedWeights::new,
                        EVERY_CHOICE,
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
                        "State.average",
                        "Training.adam",
                        "Training.batchSizes",
                        "Training.gentleAdam",
                        "Training.severalBatches"),
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
                mistake(
                        "beta taken for 1 in evaluation",
                        Sabotages.BetaNotEvaluated::new,
                        EVERY_CHOICE,
                        "Golden.evaluation"),
                mistake(
                        "the sum of importance weights for their mean",
                        Sabotages.WeightsAddedUp::new,
                        "Choices.importanceWeights",
                        "Golden.evaluation"),
                mistake(
                        "moments not taken over",
                        Sabotages.MomentsForgotten::new,
                        "State.resume",
                        "State.resumeOfAverage",
                        "State.separate"),
                mistake(
                        "weights handed out without a copy",
                        Sabotages.WeightsShared::new,
                        "State.average",
                        "State.copies"),
                mistake("NaN taken for black", Sabotages.NanSwallowed::new, "Gradients.nan"),
                mistake("a second close that fails", Sabotages.ClosedOnce::new, "Resources.closedModel"),
                mistake("a close that does nothing", Sabotages.NeverClosed::new, "Resources.closedModel"));
    }

    /** In the formulas of parts, which are written once: the oracle would have them, too, but PyTorch does not. */
    static Stream<Mistake> ofParts() {
        return Stream.of(
                mistake(
                        "the mean of the logarithms for the logarithm of the mean of importance weights",
                        Sabotages.Misunderstood.objective(PartSabotages::meanOfLogWeights),
                        "Choices.importanceWeights",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "labels ignored",
                        InputSabotages.LabelsIgnored::new,
                        "Choices.conditional",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "the noise of several latents read latent by latent",
                        PartSabotages.SamplesApart::new,
                        "Choices.importanceWeights",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "one factor of the importance weights in the doubly reparameterized gradient",
                        Sabotages.Misunderstood.objective(PartSabotages::oneFactorOfWeights),
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "free bits of each image for those of the batch",
                        Sabotages.Misunderstood.objective(PartSabotages::freeBitsOfImages),
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "an aggregate posterior of the batch alone",
                        new Sabotages.Misunderstood(PartSabotages::imagesForgotten),
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "draws of the prior by the noise of the latents",
                        Sabotages.Misunderstood.objective(PartSabotages::sameNoise),
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps"),
                mistake(
                        "pseudo-inputs without a sigmoid",
                        Sabotages.Misunderstood.objective(PartSabotages::unboundedPseudoInputs),
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "weights of a mixture that do not add up to 1",
                        Sabotages.Misunderstood.objective(PartSabotages::unnormalizedMixture),
                        "Choices.mixturePrior",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"),
                mistake(
                        "the learned variance taken for the deviation",
                        Sabotages.Misunderstood.objective(PartSabotages::learnedDeviation),
                        "Choices.learnedVariance",
                        "Golden.evaluation",
                        "Golden.gradients",
                        "Golden.steps",
                        "Golden.training"));
    }

    /** In the arithmetic, and in what an engine has of its own. */
    static Stream<Mistake> ofOperations() {
        return Stream.of(
                mistake(
                        "a softplus that overflows",
                        OperationSabotages.operations(OperationSabotages.OverflowingSoftplus::new),
                        "Operations.extremes"),
                mistake(
                        "a selection by products",
                        OperationSabotages.operations(OperationSabotages.SelectionByProducts::new),
                        "Operations.unchosen"),
                mistake(
                        "the sigmoid for the hyperbolic tangent",
                        OperationSabotages.operations(OperationSabotages.SigmoidForTanh::new),
                        "Operations.derivatives",
                        "Operations.extremes",
                        "Operations.ownNetworks",
                        "Operations.values"),
                mistake(
                        "a derivative of wide paddings that is off",
                        OperationSabotages.operations(OperationSabotages.PaddingMisplaced::new),
                        "Operations.derivatives",
                        "Operations.ownNetworks",
                        "Operations.values"),
                mistake(
                        "long sums that forget",
                        OperationSabotages.operations(OperationSabotages.ForgetfulSum::new),
                        "Operations.longSums"),
                mistake(
                        "a product that is computed when it is read",
                        OperationSabotages.operations(OperationSabotages.LazyProducts::new),
                        "Operations.variables"),
                mistake(
                        "an inner scope that frees the outer one's tensors",
                        OperationSabotages.operations(OperationSabotages.GreedyScopes::new),
                        "Operations.nestedScopes"),
                mistake(
                        "the length of the first tensor alone",
                        OperationSabotages.operations(OperationSabotages.LengthOfFirst::new),
                        "Operations.lengths"),
                mistake(
                        "large products with a last digit of chance",
                        OperationSabotages.operations(OperationSabotages.ChanceProduct::new),
                        "Operations.repeatable"),
                mistake(
                        "a network of its own whose running statistics stand still",
                        OperationSabotages.engine(OperationSabotages::statisticsForgotten),
                        "Operations.ownNetworks"),
                mistake(
                        "a fused Adam that rounds 1 - beta2",
                        OperationSabotages.engine(OperationSabotages::coarseAdam),
                        "Operations.updates"));
    }

    /** Of seams and of the scopes that tensors live in. */
    static Stream<Mistake> ofSeams() {
        return Stream.of(
                mistake("a loss by way of the sigmoid", SeamSabotages.LossThroughSigmoid::new, "Forward.extremeLogits"),
                mistake(
                        "the KL term of the ELBO, which is negative",
                        SeamSabotages.KlOfElbo::new,
                        EVERY_CHOICE,
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.extremeLogits",
                        "Forward.training",
                        "Golden.evaluation",
                        "Golden.training"),
                mistake(
                        "the mean for a sample",
                        SeamSabotages.MeanForSample::new,
                        EVERY_NOISY_CHOICE,
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.training",
                        "Golden.evaluation",
                        "Golden.training"),
                mistake(
                        "the variance for the deviation",
                        SeamSabotages.VarianceForDeviation::new,
                        EVERY_NOISY_CHOICE,
                        "Forward.batchSizes",
                        "Forward.evaluation",
                        "Forward.training",
                        "Golden.evaluation",
                        "Golden.training"),
                mistake("uploads filled up", SeamSabotages.scopes(SeamSabotages.Padding::new), "Refusals.upload"),
                mistake(
                        "numbers near zero taken for zero",
                        SeamSabotages.scopes(SeamSabotages.DenormalsFlushed::new),
                        "Resources.scope"),
                mistake(
                        "uploads without a copy",
                        SeamSabotages.scopes(SeamSabotages.UploadShared::new),
                        "Resources.closedScope",
                        "Resources.uploadCopies"),
                mistake(
                        "a scope whose second close fails",
                        SeamSabotages.scopes(SeamSabotages.ClosedOnce::new),
                        "Resources.scope"),
                mistake(
                        "a scope that does not close",
                        SeamSabotages.scopes(SeamSabotages.NeverClosed::new),
                        "Resources.closedScope"));
    }

    /** With what a model is handed. */
    static Stream<Mistake> ofInputs() {
        return Stream.of(
                mistake(
                        "wrong weights loaded as far as they fit",
                        InputSabotages.LenientLoad::new,
                        "Refusals.loadWeights"),
                mistake(
                        "wrong weights half loaded, then refused",
                        InputSabotages.HalfLoaded::new,
                        "Refusals.loadWeights"),
                mistake(
                        "wrong moments loaded as far as they fit",
                        InputSabotages.LenientMoments::new,
                        "Refusals.loadMoments"),
                mistake(
                        "wrong moments half loaded, then refused",
                        InputSabotages.HalfLoadedMoments::new,
                        "Refusals.loadMoments"),
                mistake(
                        "a negative number of steps corrected",
                        InputSabotages.StepsCorrected::new,
                        "Refusals.loadSteps"),
                mistake(
                        "moments loaded, then their steps refused",
                        InputSabotages.StepsCheckedLast::new,
                        "Refusals.loadSteps"),
                mistake("batches filled up or cut off", InputSabotages.BatchesPadded::new, "Refusals.batchLengths"),
                mistake(
                        "a single value normalized after all",
                        InputSabotages.SingleValueDoubled::new,
                        "Refusals.singleValue"),
                mistake(
                        "a partial batch with the end of the one before",
                        InputSabotages.StaleTail::new,
                        "Training.batchSizes"));
    }

    /** With what lasts from one call to the next. */
    static Stream<Mistake> ofStates() {
        return Stream.of(
                mistake(
                        "deviations kept for variances",
                        StateSabotages.DeviationsKept::new,
                        "Forward.evaluation",
                        "Refusals.batchLengths",
                        "Refusals.loadWeights",
                        "Refusals.singleValue",
                        "State.order",
                        "State.weights"),
                mistake("moments not cleared", StateSabotages.MomentsNotCleared::new, "State.beginning"),
                mistake("the average a step behind", StateSabotages.AverageBehind::new, "State.average"),
                mistake("the average not taken over", StateSabotages.AverageNotLoaded::new, "State.resumeOfAverage"),
                mistake(
                        "batches of a step counted alike",
                        StateSabotages.BatchesCountedAlike::new,
                        "Training.severalBatches"),
                mistake(
                        "steps without a learning rate left out",
                        StateSabotages.ZeroStepsSkipped::new,
                        "Training.learningRateZero"));
    }

    /** Mistakes that only tests of the memory can see, and for each the one test that is run. */
    static Stream<Mistake> leaks() {
        return Stream.of(
                mistake("a leak of every batch", Sabotages.Leak::new, "Resources.steps"),
                mistake("a leak of every model", new StateSabotages.ModelsKept(), "Resources.models"));
    }

    /** Mistakes that only tests of the recipe's size can see, and for each the one test that is run. */
    static Stream<Mistake> ofLargeModels() {
        return Stream.of(
                mistake(
                        "no noise in large models",
                        StateSabotages.onRecipe(Sabotages.NoiseIgnored::new),
                        "Gradients.recipe"),
                mistake(
                        "the KL term subtracted in large models",
                        StateSabotages.onRecipe(Sabotages.KlSign::new),
                        "Gradients.recipeSingleImage"),
                mistake(
                        "evaluation by the statistics of the batch in large models",
                        StateSabotages.onRecipe(Sabotages.EvaluationByBatch::new),
                        "Forward.recipe"),
                mistake(
                        "the learning rate of the first step in large models",
                        StateSabotages.onRecipe(Sabotages.LearningRateKept::new),
                        "Training.recipe"),
                mistake(
                        "beta taken for 1 in large models",
                        StateSabotages.onRecipe(Sabotages.BetaIgnored::new),
                        "Training.gentleRecipe"));
    }

    private static List<String> choicesWithout(String choice) {
        return CHOICES.stream().filter(other -> !other.equals(choice)).toList();
    }

    private static Mistake mistake(String what, SabotagedBackend.Sabotage sabotage, String... tests) {
        return mistake(what, new SabotagedBackend(sabotage), tests);
    }

    private static Mistake mistake(String what, DelegatingBackend sabotaged, String... tests) {
        Set<String> expected = Arrays.stream(tests)
                .flatMap(test -> GROUPS.getOrDefault(test, List.of(test)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Mistake(what, sabotaged, expected);
    }
}
