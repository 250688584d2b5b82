package dev.vaelab.training.score;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How well a score tells unusual images, of another data set, from usual ones. Unusual is positive, and is what has a large score (as D.
 * Hendrycks, M. Mazeika and T. Dietterich, <em>Deep Anomaly Detection with Outlier Exposure</em>, 2019, section 4.1).
 *
 * @param auroc area under the ROC curve: the probability that an unusual image has the larger score of an unusual and a usual one, equal
 *     scores counting half (H. B. Mann and D. R. Whitney, 1947); 0.5 for a score that tells nothing, and less for one that takes unusual
 *     images for usual
 * @param aupr area under the precision-recall curve as average precision, the sum of precision times what recall gains, over all
 *     thresholds; the share of unusual images among all for a score that tells nothing
 * @param fprAt95Tpr share of the usual images that are taken for unusual at the largest threshold that finds at least 95 % of the unusual
 *     ones
 */
public record Separation(Interval auroc, Interval aupr, Interval fprAt95Tpr) {
    /** Share of the resamples within an interval. */
    public static final double CONFIDENCE = 0.95;

    /** How often images are resampled for the intervals. */
    public static final int RESAMPLES = 1000;

    /**
     * Of several scores of the same images.
     *
     * <p>The intervals are those between the percentiles of a stratified bootstrap (B. Efron and R. Tibshirani, <em>An Introduction to the
     * Bootstrap</em>, 1993, chapter 13): as many images are drawn of each data set as there are, with repetitions, the same for all scores.
     * Only images are taken as random, not the training of the model.
     *
     * @param ranked a ranking by each score, of as many images each
     * @param streams where the resamples come from
     * @return one for each score
     */
    public static List<Separation> of(List<Ranking> ranked, RandomStreams streams) {
        int scores = ranked.size();
        Ranking.Figures[][] resampled = new Ranking.Figures[scores][RESAMPLES];
        int[] usual = new int[ranked.get(0).usual()];
        int[] unusual = new int[ranked.get(0).unusual()];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            UniformRandomProvider random = streams.open(Purpose.SEPARATION, resample);
            draw(random, usual);
            draw(random, unusual);
            for (int score = 0; score < scores; score++) {
                resampled[score][resample] = ranked.get(score).figures(usual, unusual);
            }
        }
        List<Separation> separations = new ArrayList<>(scores);
        for (int score = 0; score < scores; score++) {
            Ranking.Figures figures = ranked.get(score).figures();
            List<Ranking.Figures> others = Arrays.asList(resampled[score]);
            separations.add(new Separation(
                    interval(figures, others, Ranking.Figures::auroc),
                    interval(figures, others, Ranking.Figures::aupr),
                    interval(figures, others, Ranking.Figures::fprAt95Tpr)));
        }
        return separations;
    }

    /** How often each image is drawn. */
    private static void draw(UniformRandomProvider random, int[] times) {
        Arrays.fill(times, 0);
        for (int image = 0; image < times.length; image++) {
            times[random.nextInt(times.length)]++;
        }
    }

    private static Interval interval(
            Ranking.Figures figures, List<Ranking.Figures> resampled, ToDoubleFunction<Ranking.Figures> figure) {
        double[] sorted = resampled.stream().mapToDouble(figure).sorted().toArray();
        return new Interval(
                figure.applyAsDouble(figures),
                Quantiles.of(sorted, (1 - CONFIDENCE) / 2),
                Quantiles.of(sorted, (1 + CONFIDENCE) / 2));
    }
}
