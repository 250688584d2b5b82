package dev.vaelab.export.huggingface;

import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.score.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A figure with its protocol.
 *
 * @param metric what it is, in lower case with hyphens, as lists of metrics have it
 * @param name what it is, for people
 * @param value the figure
 * @param text the figure with its error, for people
 * @param split which images
 * @param protocol how it was measured
 */
record CardFigure(String metric, String name, double value, String text, String split, String protocol) {
    private static final String NATS = " nats per image";

    /** The figures of the best epoch's weights on the test images. */
    static List<CardFigure> of(RunResult result, String dataset) {
        Measure measure = result.measure();
        String protocol =
                (measure == null ? "" : measure.label() + ", ") + "one latent of each image, test images of " + dataset;
        List<CardFigure> figures = new ArrayList<>();
        Figures test = result.test();
        figures.add(test("negative-elbo", "negative ELBO", test.total(), protocol));
        figures.add(test("reconstruction", "reconstruction", test.reconstruction(), protocol));
        figures.add(test("kl", "KL", test.kl(), protocol));
        test.added().forEach((name, value) -> figures.add(test(name, name, value, protocol)));
        return figures;
    }

    private static CardFigure test(String metric, String name, double value, String protocol) {
        return new CardFigure(metric, name, value, decimals(value) + NATS, "test", protocol);
    }

    /** What was estimated since. */
    static List<CardFigure> of(RunEstimates estimates) {
        List<CardFigure> figures = new ArrayList<>();
        estimates.likelihoods().forEach(estimate -> add(figures, estimate));
        estimates.decompositions().forEach(estimate -> add(figures, estimate));
        estimates.probes().forEach(estimate -> add(figures, estimate));
        estimates.fidelities().forEach(estimate -> add(figures, estimate));
        estimates.qualities().forEach(estimate -> add(figures, estimate));
        estimates.separations().forEach(estimate -> add(figures, estimate));
        return figures;
    }

    private static void add(List<CardFigure> figures, LikelihoodFigures estimate) {
        EstimateStamp stamp = estimate.stamp();
        double nats = -estimate.logLikelihood();
        String error = estimate.standardError() == null ? "" : " ± " + decimals(estimate.standardError());
        String protocol = stamp.conditions() + ", importance sampling (Burda et al. 2016)";
        figures.add(new CardFigure(
                "negative-log-likelihood",
                "negative log-likelihood",
                nats,
                decimals(nats) + error + NATS,
                stamp.split(),
                protocol));
        if (estimate.bitsPerDimension() != null) {
            double bits = estimate.bitsPerDimension();
            String text = String.format(Locale.ROOT, "%.4f bits", bits);
            figures.add(
                    new CardFigure("bits-per-dimension", "bits per dimension", bits, text, stamp.split(), protocol));
        }
    }

    private static void add(List<CardFigure> figures, DecompositionFigures estimate) {
        EstimateStamp stamp = estimate.stamp();
        double information = estimate.parts().mutualInformation().value();
        double correlation = estimate.parts().totalCorrelation().value();
        String protocol = stamp.conditions();
        figures.add(new CardFigure(
                "mutual-information",
                "mutual information of image and latents",
                information,
                decimals(information) + NATS,
                stamp.split(),
                protocol));
        figures.add(new CardFigure(
                "total-correlation",
                "total correlation of the latents",
                correlation,
                decimals(correlation) + NATS,
                stamp.split(),
                protocol));
        figures.add(new CardFigure(
                "active-units",
                "active units",
                estimate.activeUnits(),
                estimate.activeUnits() + " of " + estimate.latent(),
                stamp.split(),
                protocol));
    }

    private static void add(List<CardFigure> figures, ProbeFigures estimate) {
        EstimateStamp stamp = estimate.stamp();
        figures.add(share(
                "linear-probe-accuracy",
                "accuracy of a linear probe of the posterior means",
                estimate.accuracies().linear().value(),
                stamp));
        figures.add(share(
                "nearest-neighbours-accuracy",
                "accuracy of the nearest neighbours of the posterior means",
                estimate.accuracies().neighbours().value(),
                stamp));
    }

    private static void add(List<CardFigure> figures, LabelFidelityFigures estimate) {
        figures.add(share(
                "label-fidelity",
                "samples that are taken for their label",
                estimate.fidelity().generated().value(),
                estimate.stamp()));
    }

    private static void add(List<CardFigure> figures, SampleQualityFigures estimate) {
        double distance = estimate.quality().frechetDistance();
        figures.add(new CardFigure(
                "frechet-distance",
                "Fréchet distance of samples",
                distance,
                decimals(distance),
                estimate.stamp().split(),
                estimate.conditions() + "; latents: " + estimate.source().label()));
    }

    /** By each score, since which one is right depends on the two data sets. */
    private static void add(List<CardFigure> figures, SeparationFigures estimate) {
        for (SeparationFigures.ScoreFigures score : estimate.scores()) {
            Interval area = score.separation().auroc();
            figures.add(new CardFigure(
                    "auroc",
                    "AUROC against " + estimate.unusual() + " by "
                            + score.score().title(),
                    area.value(),
                    String.format(Locale.ROOT, "%.4f (%.4f to %.4f)", area.value(), area.low(), area.high()),
                    estimate.stamp().split(),
                    estimate.conditions() + "; interval: " + Math.round(100 * estimate.confidence()) + " % of "
                            + estimate.resamples() + " resamples"));
        }
    }

    private static CardFigure share(String metric, String name, double value, EstimateStamp stamp) {
        return new CardFigure(
                metric,
                name,
                value,
                String.format(Locale.ROOT, "%.2f %%", 100 * value),
                stamp.split(),
                stamp.conditions());
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
