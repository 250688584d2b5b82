package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.Optional;

/** Keys each of which is right for itself, and which cannot both hold. */
final class Contradictions {
    private static final String DATASET = "dataset";
    private static final String VALIDATION = "validation";
    private static final String EARLY_STOPPING = "earlyStopping";
    private static final String PUBLISHED = "published";
    private static final String SAMPLES = "samples";
    private static final String LIKELIHOOD = "negative-log-likelihood";
    private static final String LOSS = "loss";
    private static final String WARMUP = "betaWarmup";
    private static final String WARMUP_STEPS = "betaWarmupSteps";

    private Contradictions() {}

    /** Adds each key that contradicts another one to the problems. */
    static void check(Members experiment, ProblemList problems) {
        Applicability.object(experiment, LOSS).ifPresent(loss -> checkWarmup(loss, problems));
        Applicability.object(experiment, DATASET)
                .filter(Contradictions::validatesOnNone)
                .ifPresent(dataset -> checkWithoutValidation(experiment, problems));
        Member published = experiment.members().get(PUBLISHED);
        if (published != null && published.value() instanceof Items figures) {
            for (int index = 0; index < figures.items().size(); index++) {
                if (figures.items().get(index) instanceof Members figure) {
                    checkSamples(figure, KeyPath.ROOT.key(PUBLISHED).item(index).key(SAMPLES), problems);
                }
            }
        }
    }

    /** A likelihood means nothing without the number of its samples, and no other figure has one. */
    private static void checkSamples(Members figure, KeyPath place, ProblemList problems) {
        Member metric = figure.members().get("metric");
        Member samples = figure.members().get(SAMPLES);
        if (metric == null) {
            return;
        }
        String name = metric.value().json().asString("");
        if (name.equals(LIKELIHOOD) && samples == null) {
            problems.add(
                    figure.origin(),
                    place,
                    "nothing",
                    "the number of latents by which the likelihood was estimated",
                    "add this key");
        }
        if (!name.equals(LIKELIHOOD) && samples != null) {
            problems.add(
                    samples.key(),
                    place,
                    SAMPLES + " with " + name,
                    "it with " + LIKELIHOOD + " only",
                    "leave the key out");
        }
    }

    private static boolean validatesOnNone(Members dataset) {
        Member images = dataset.members().get(VALIDATION);
        return images != null
                && images.value().json().isNumber()
                && images.value().json().asDouble() == 0;
    }

    private static void checkWithoutValidation(Members experiment, ProblemList problems) {
        Applicability.object(experiment, "training")
                .map(training -> training.members().get(EARLY_STOPPING))
                .filter(stopping -> stopping.value() instanceof Members)
                .ifPresent(stopping -> problems.add(
                        stopping.key(),
                        KeyPath.ROOT.key("training").key(EARLY_STOPPING),
                        "early stopping without validation images",
                        "validation images, whose loss it watches",
                        "leave the key out, or set dataset.validation to a number of images"));
    }

    private static void checkWarmup(Members loss, ProblemList problems) {
        Member steps = loss.members().get(WARMUP_STEPS);
        if (steps != null && number(loss, WARMUP).filter(epochs -> epochs != 0).isPresent()) {
            problems.add(
                    steps.key(),
                    KeyPath.ROOT.key(LOSS).key(WARMUP_STEPS),
                    "a warm-up in steps beside one in epochs",
                    "one of the two",
                    "leave " + LOSS + "." + WARMUP + " out, or this key");
        }
    }

    /** The value of a key, if it has a whole number. */
    private static Optional<Long> number(Members object, String key) {
        return Optional.ofNullable(object.members().get(key))
                .map(member -> member.value().json())
                .filter(json -> json.isIntegralNumber() && json.canConvertToLong())
                .map(json -> json.asLong());
    }
}
