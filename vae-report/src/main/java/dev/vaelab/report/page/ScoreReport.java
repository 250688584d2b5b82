package dev.vaelab.report.page;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.scoring.ScoredImages;
import dev.vaelab.report.picture.ImageGrid;
import dev.vaelab.training.score.Histogram;
import dev.vaelab.training.score.Ranking;
import dev.vaelab.training.score.Score;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the page of a model's scores of two data sets shows.
 *
 * @param config the resolved experiment of the model
 * @param weights the file of its weights
 * @param figures how well each score tells the data sets apart
 * @param scores what more there is to see of each score, in the order of the figures
 */
public record ScoreReport(ExperimentConfig config, String weights, SeparationFigures figures, List<ScoreView> scores) {
    private static final int BINS = 60;

    private static final int POINTS_OF_ROC = 101;

    private static final int SHOWN = 24;
    private static final int COLUMNS = 8;

    /** Copies the list. */
    public ScoreReport {
        scores = List.copyOf(scores);
    }

    /**
     * What there is to see of a score.
     *
     * @param score which one
     * @param histogram of both data sets
     * @param roc true positive rates at false positive rates from 0 to 1 in equal steps
     * @param usual the most unusual images of those as the model was trained on
     * @param unusual the most unusual ones of the other data set
     * @param overlooked the least unusual ones of the other data set
     */
    public record ScoreView(
            Score score, Histogram histogram, double[] roc, Picture usual, Picture unusual, Picture overlooked) {
        private static ScoreView of(Score score, ScoredImages usual, ScoredImages unusual) {
            double[] valuesOfUsual = usual.values(score);
            double[] valuesOfUnusual = unusual.values(score);
            return new ScoreView(
                    score,
                    Histogram.of(valuesOfUsual, valuesOfUnusual, BINS),
                    new Ranking(valuesOfUsual, valuesOfUnusual).roc(POINTS_OF_ROC),
                    picture("most unusual of ", score, usual, valuesOfUsual, false),
                    picture("most unusual of ", score, unusual, valuesOfUnusual, false),
                    picture("least unusual of ", score, unusual, valuesOfUnusual, true));
        }

        /** @param ascending whether the smallest score comes first */
        private static Picture picture(
                String what, Score score, ScoredImages scored, double[] values, boolean ascending) {
            Comparator<Integer> byValue = Comparator.comparingDouble(image -> values[image]);
            int[] chosen = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(ascending ? byValue : byValue.reversed())
                    .limit(SHOWN)
                    .mapToInt(Integer::intValue)
                    .toArray();
            ImageSubset images = scored.images().select(chosen);
            byte[] png = ImageGrid.of(images.shape(), images.pixels(), Math.min(COLUMNS, chosen.length))
                    .png();
            return new Picture(
                    what + scored.dataset(),
                    caption(score, scored, values, chosen),
                    "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        }

        private static String caption(Score score, ScoredImages scored, double[] values, int[] chosen) {
            String indices = Arrays.stream(chosen)
                    .limit(COLUMNS)
                    .mapToObj(image -> scored.images().source(image)
                            + scored.className(image)
                                    .map(name -> " (" + name + ")")
                                    .orElse(""))
                    .collect(Collectors.joining(", "));
            return String.format(
                    Locale.ROOT,
                    "Row by row, from %.2f to %.2f %s. The first row, by number in the data set: %s.",
                    values[chosen[0]],
                    values[chosen[chosen.length - 1]],
                    score.unit(),
                    indices);
        }
    }

    /** The report of scores that are there. */
    public static ScoreReport of(
            ExperimentConfig config,
            String weights,
            SeparationFigures figures,
            ScoredImages usual,
            ScoredImages unusual) {
        return new ScoreReport(
                config,
                weights,
                figures,
                figures.scores().stream()
                        .map(score -> ScoreView.of(score.score(), usual, unusual))
                        .toList());
    }

    /** The page. */
    public String page() {
        return Page.of("score", this);
    }
}
