package dev.vaelab.experiment.estimate;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.training.aggregate.Estimate;
import dev.vaelab.training.aggregate.KlDecomposition;
import dev.vaelab.training.probe.Accuracy;
import dev.vaelab.training.probe.LabelFidelity;
import dev.vaelab.training.probe.LatentProbe;
import dev.vaelab.training.quality.SampleQuality;
import dev.vaelab.training.score.Separation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The estimates of some runs as plain text for a terminal: a table for each kind and all conditions. Figures of other images, of another
 * likelihood or by another number of samples stand in another one.
 */
public final class EstimateTables {
    private static final String NOTHING = "-";

    private static final List<String> OF_LIKELIHOODS = List.of(
            "log p(x)", "bits/dim", "standard error", "sampling error", "elbo", "effective samples", "backend", "seed");

    private static final List<String> OF_DECOMPOSITIONS = List.of(
            "mutual information",
            "total correlation",
            "aggregate KL",
            "dimension-wise KL",
            "kl",
            "active units",
            "backend",
            "seed");

    private static final List<String> OF_PROBES =
            List.of("linear probe", "nearest neighbours", "k", "most frequent label", "backend", "seed");

    private static final List<String> OF_FIDELITIES =
            List.of("images made", "real images", "k", "worst label", "backend", "seed");

    private static final List<String> OF_QUALITIES = List.of(
            "prior",
            "Fréchet distance",
            "of other images",
            "precision",
            "recall",
            "density",
            "coverage",
            "backend",
            "seed");

    private static final List<String> OF_SEPARATIONS =
            List.of("AUROC", "AUPR", "FPR at 95 % TPR", "95 % of AUROC", "backend", "seed");

    private final String nameTitle;
    private final Map<String, FittedTable> likelihoods = new TreeMap<>();
    private final Map<String, FittedTable> decompositions = new TreeMap<>();
    private final Map<String, FittedTable> probes = new TreeMap<>();
    private final Map<String, FittedTable> fidelities = new TreeMap<>();
    private final Map<String, FittedTable> qualities = new TreeMap<>();
    private final Map<String, FittedTable> separations = new TreeMap<>();

    /**
     * Tables without rows.
     *
     * @param nameTitle what their rows are
     */
    public EstimateTables(String nameTitle) {
        this.nameTitle = nameTitle;
    }

    /** Adds the estimates of a run, a row in each of their tables. */
    public void add(String name, RunEstimates estimates) {
        estimates
                .likelihoods()
                .forEach(figures -> row(likelihoods, OF_LIKELIHOODS, name, figures.stamp(), of(figures)));
        estimates
                .decompositions()
                .forEach(figures -> row(decompositions, OF_DECOMPOSITIONS, name, figures.stamp(), of(figures)));
        estimates.probes().forEach(figures -> row(probes, OF_PROBES, name, figures.stamp(), of(figures)));
        estimates.fidelities().forEach(figures -> row(fidelities, OF_FIDELITIES, name, figures.stamp(), of(figures)));
        estimates
                .qualities()
                .forEach(figures ->
                        row(qualities, OF_QUALITIES, name, figures.stamp(), figures.conditions(), of(figures)));
        estimates.separations().forEach(figures -> addScores(name, figures));
    }

    /** A row for each score. */
    private void addScores(String name, SeparationFigures figures) {
        FittedTable table = separations.computeIfAbsent(figures.conditions(), any -> {
            List<String> titles = new ArrayList<>(List.of(nameTitle, "score"));
            titles.addAll(OF_SEPARATIONS);
            return FittedTable.of(2, titles);
        });
        figures.scores().forEach(score -> {
            Separation separation = score.separation();
            table.row(List.of(
                    name,
                    score.score().title(),
                    number(separation.auroc().value(), 4),
                    number(separation.aupr().value(), 4),
                    number(separation.fprAt95Tpr().value(), 4),
                    number(separation.auroc().low(), 4) + " to " + number(separation.auroc().high(), 4),
                    figures.stamp().backend(),
                    Long.toString(figures.stamp().seed())));
        });
    }

    private void row(
            Map<String, FittedTable> tables,
            List<String> titles,
            String name,
            EstimateStamp stamp,
            List<String> figures) {
        row(tables, titles, name, stamp, stamp.conditions(), figures);
    }

    private void row(
            Map<String, FittedTable> tables,
            List<String> titles,
            String name,
            EstimateStamp stamp,
            String conditions,
            List<String> figures) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(figures);
        cells.add(stamp.backend());
        cells.add(Long.toString(stamp.seed()));
        tables.computeIfAbsent(conditions, any -> {
                    List<String> all = new ArrayList<>(List.of(nameTitle));
                    all.addAll(titles);
                    return FittedTable.of(1, all);
                })
                .row(cells);
    }

    private static List<String> of(LikelihoodFigures figures) {
        return List.of(
                number(figures.logLikelihood(), 3),
                number(figures.bitsPerDimension(), 4),
                number(figures.standardError(), 3),
                number(figures.samplingError(), 4),
                number(figures.elbo(), 3),
                number(figures.effectiveSamples(), 1));
    }

    private static List<String> of(DecompositionFigures figures) {
        KlDecomposition parts = figures.parts();
        return List.of(
                withError(parts.mutualInformation()),
                withError(parts.totalCorrelation()),
                withError(parts.aggregateKl()),
                withError(parts.dimensionwiseKl()),
                withError(parts.kl()),
                figures.activeUnits() + " of " + figures.latent());
    }

    private static List<String> of(ProbeFigures figures) {
        LatentProbe accuracies = figures.accuracies();
        return List.of(
                withError(accuracies.linear()),
                withError(accuracies.neighbours()),
                Integer.toString(accuracies.k()),
                withError(accuracies.mostFrequent()));
    }

    private static List<String> of(LabelFidelityFigures figures) {
        LabelFidelity fidelity = figures.fidelity();
        return List.of(
                withError(fidelity.generated()),
                withError(fidelity.real()),
                Integer.toString(fidelity.k()),
                fidelity.labels().stream()
                        .min(Comparator.comparing(label -> label.accuracy().value()))
                        .map(worst ->
                                worst.label() + ": " + number(worst.accuracy().value(), 4))
                        .orElse(NOTHING));
    }

    private static List<String> of(SampleQualityFigures figures) {
        SampleQuality quality = figures.quality();
        return List.of(
                figures.source().label(),
                number(quality.frechetDistance(), 3),
                figures.floor() == null
                        ? NOTHING
                        : number(figures.floor().quality().frechetDistance(), 3),
                number(quality.precision(), 3),
                number(quality.recall(), 3),
                number(quality.density(), 3),
                number(quality.coverage(), 3));
    }

    private static String withError(Estimate estimate) {
        return estimate == null ? NOTHING : number(estimate.value(), 3) + " +- " + number(estimate.standardError(), 3);
    }

    private static String withError(Accuracy accuracy) {
        return number(accuracy.value(), 4) + " +- " + number(accuracy.standardError(), 4);
    }

    private static String number(Double value, int decimals) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The tables for a terminal of so many columns, each with its title; none if there are no estimates. */
    public List<String> text(int columns) {
        List<String> blocks = new ArrayList<>();
        likelihoods.forEach((conditions, table) -> blocks.add(
                block("log p(x) under " + conditions + "; by importance sampling, nats per image", table, columns)));
        decompositions.forEach((conditions, table) ->
                blocks.add(block("where the KL goes, under " + conditions + "; nats per image", table, columns)));
        probes.forEach((conditions, table) ->
                blocks.add(block("labels told from latents, under " + conditions + "; accuracy", table, columns)));
        fidelities.forEach((conditions, table) -> blocks.add(
                block("labels told from images made of them, under " + conditions + "; accuracy", table, columns)));
        qualities.forEach((conditions, table) ->
                blocks.add(block("how near samples are to images: " + conditions, table, columns)));
        separations.forEach((conditions, table) -> blocks.add(
                block("images of another data set told apart, under " + conditions, table, columns)));
        return blocks;
    }

    private static String block(String title, FittedTable table, int columns) {
        return VisibleText.line(title) + "\n" + table.text(columns);
    }
}
