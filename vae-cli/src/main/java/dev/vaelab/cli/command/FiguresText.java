package dev.vaelab.cli.command;

import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.training.aggregate.Estimate;
import dev.vaelab.training.aggregate.KlDecomposition;
import dev.vaelab.training.probe.Accuracy;
import dev.vaelab.training.probe.LabelFidelity;
import dev.vaelab.training.probe.LatentProbe;
import dev.vaelab.training.quality.SampleQuality;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures for people. */
final class FiguresText {
    private FiguresText() {}

    static String of(Figures figures, Measure measure) {
        String added = figures.added().entrySet().stream()
                .map(term -> String.format(Locale.ROOT, ", %s %.3f", term.getKey(), term.getValue()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "reconstruction %.3f + kl %.3f = total %.3f%s nats per image (%s)",
                figures.reconstruction(),
                figures.kl(),
                figures.total(),
                added,
                measure.label());
    }

    /** An estimate of the likelihood, with its stamp. */
    static String of(LikelihoodFigures figures) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "log p(x) %.3f", figures.logLikelihood()));
        if (figures.standardError() != null) {
            text.append(String.format(Locale.ROOT, ", standard error %.3f over the images", figures.standardError()));
        }
        if (figures.samplingError() != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %.4f over the samples",
                    figures.standardError() == null ? ", standard error" : " and",
                    figures.samplingError()));
        }
        return text
                + String.format(
                        Locale.ROOT,
                        ", elbo %.3f nats per image (%s); effective samples %.1f of %d%s",
                        figures.elbo(),
                        figures.stamp().conditions(),
                        figures.effectiveSamples(),
                        figures.stamp().samples(),
                        bits(figures.bitsPerDimension()));
    }

    /**
     * Bits for each dimension, to stand behind nats.
     *
     * @param bitsPerDimension null where there is no convention for them
     */
    static String bits(Double bitsPerDimension) {
        return bitsPerDimension == null ? "" : String.format(Locale.ROOT, "; %.4f bits/dim", bitsPerDimension);
    }

    /** The two parts of the KL term, with the stamp. */
    static String ofKl(DecompositionFigures figures) {
        KlDecomposition parts = figures.parts();
        return String.format(
                Locale.ROOT,
                "kl %s = mutual information %s (at most %.3f) + KL of the aggregate posterior %s nats per image (%s)",
                number(parts.kl()),
                number(parts.mutualInformation()),
                parts.mostInformation(),
                number(parts.aggregateKl()),
                figures.stamp().conditions());
    }

    /** The parts of the KL of the aggregate posterior, and the active units. */
    static String ofAggregate(DecompositionFigures figures) {
        KlDecomposition parts = figures.parts();
        String correlation = "total correlation " + number(parts.totalCorrelation());
        return (parts.dimensionwiseKl() == null
                        ? correlation
                        : "KL of the aggregate posterior = " + correlation + " + dimension by dimension "
                                + number(parts.dimensionwiseKl()))
                + "; active units " + figures.activeUnits() + " of " + figures.latent();
    }

    /** How near samples are to images, with the stamp. */
    static String ofSamples(SampleQualityFigures figures) {
        SampleQualityFigures.Features features = figures.features();
        return "samples, prior " + figures.source().label() + ": " + quality(figures.quality()) + " ("
                + figures.conditions() + ")"
                + (features.accuracy() == null
                        ? ""
                        : String.format(
                                Locale.ROOT, "; the classifier is right of %.1f %%", 100 * features.accuracy()));
    }

    /** The same of images in the place of samples. */
    static String ofFloor(SampleQualityFigures.Floor floor) {
        return floor.split() + " images in their place: " + quality(floor.quality());
    }

    private static String quality(SampleQuality quality) {
        return String.format(
                Locale.ROOT,
                "Fréchet distance %.3f, precision %.3f, recall %.3f, density %.3f, coverage %.3f",
                quality.frechetDistance(),
                quality.precision(),
                quality.recall(),
                quality.density(),
                quality.coverage());
    }

    /** The accuracies of classifiers of latents, with the stamp. */
    static String of(ProbeFigures figures) {
        LatentProbe accuracies = figures.accuracies();
        return String.format(
                Locale.ROOT,
                "labels told from latents: linear probe %s, %d nearest neighbours %s; the most frequent of %d labels %s (%s)",
                accuracy(accuracies.linear()),
                accuracies.k(),
                accuracy(accuracies.neighbours()),
                accuracies.classes(),
                accuracy(accuracies.mostFrequent()),
                figures.stamp().conditions());
    }

    /** What images made of labels are taken for, with the stamp. */
    static String of(LabelFidelityFigures figures) {
        LabelFidelity fidelity = figures.fidelity();
        return String.format(
                Locale.ROOT,
                "labels told from images made of them, by %d nearest training images: %s; from real images %s (%s)",
                fidelity.k(),
                accuracy(fidelity.generated()),
                accuracy(fidelity.real()),
                figures.stamp().conditions());
    }

    private static String accuracy(Accuracy accuracy) {
        return String.format(Locale.ROOT, "%.4f +- %.4f", accuracy.value(), accuracy.standardError());
    }

    private static String number(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3f +- %.3f", estimate.value(), estimate.standardError());
    }
}
