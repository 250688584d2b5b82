package dev.vaelab.training.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What tells two data sets apart")
final class SeparationTest {
    private static final RandomStreams STREAMS = new RandomStreams(5);

    private static final double AUROC_OF_NUMPY = 0.7933333333333333;
    private static final double AUPR_OF_NUMPY = 0.801367117995077;
    private static final double FPR_OF_NUMPY = 0.7;
    private static final double DEVIATION_OF_DELONG = 0.05523767737752079;

    /** With ties, within a data set and across both. */
    private static final double[] USUAL = IntStream.range(0, 40)
            .mapToDouble(image -> (image * image * 7 + 3 * image) % 29 + image % 3 * 0.5)
            .toArray();

    private static final double[] UNUSUAL = IntStream.range(0, 30)
            .mapToDouble(image -> (image * image * 5 + 11 * image) % 37 + image % 2 * 0.5 + 6)
            .toArray();

    /** From the same scores by numpy 1.24.2, by the definitions of scikit-learn's roc_auc_score and average_precision_score. */
    @Test
    @DisplayName("has the figures that numpy gives")
    void golden() {
        Ranking.Figures figures = new Ranking(USUAL, UNUSUAL).figures();
        assertEquals(AUROC_OF_NUMPY, figures.auroc(), 1e-12);
        assertEquals(AUPR_OF_NUMPY, figures.aupr(), 1e-12);
        assertEquals(FPR_OF_NUMPY, figures.fprAt95Tpr(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("is what its definition says, image by image")
    void definition(int seed) {
        Random random = new Random(seed);
        double[] usual = random.ints(1 + seed * 3L, 0, 12).asDoubleStream().toArray();
        double[] unusual = random.ints(1 + seed * 4L, 3, 15).asDoubleStream().toArray();
        Ranking.Figures figures = new Ranking(usual, unusual).figures();
        double pairs = 0;
        for (double high : unusual) {
            for (double low : usual) {
                pairs += high > low ? 1 : high == low ? 0.5 : 0;
            }
        }
        assertEquals(pairs / (usual.length * unusual.length), figures.auroc(), 1e-12);
        double precision = 0;
        for (double threshold : unusual) {
            double found = share(unusual, value -> value >= threshold) * unusual.length;
            double alarms = share(usual, value -> value >= threshold) * usual.length;
            precision += found / (found + alarms);
        }
        // Each threshold as often as unusual images have it: what recall gains.
        assertEquals(precision / unusual.length, figures.aupr(), 1e-12);
        double threshold = IntStream.rangeClosed(0, 15)
                .filter(value -> share(unusual, other -> other >= value) >= 0.95)
                .max()
                .orElseThrow();
        assertEquals(share(usual, value -> value >= threshold), figures.fprAt95Tpr(), 1e-12);
    }

    private static double share(double[] values, DoublePredicate condition) {
        return Arrays.stream(values).filter(condition).count() / (double) values.length;
    }

    @Test
    @DisplayName(
            "is perfect where all unusual images have the larger score, and tells nothing where all scores are equal")
    void extremes() {
        Ranking.Figures perfect = new Ranking(new double[] {1, 2, 3}, new double[] {4, 5}).figures();
        assertEquals(new Ranking.Figures(1, 1, 0), perfect);
        Ranking.Figures wrong = new Ranking(new double[] {4, 5}, new double[] {1, 2, 3}).figures();
        assertEquals(0, wrong.auroc());
        assertEquals(1, wrong.fprAt95Tpr());
        Ranking.Figures nothing = new Ranking(new double[] {0.0, 0.0, -0.0}, new double[] {-0.0}).figures();
        assertEquals(new Ranking.Figures(0.5, 0.25, 1), nothing);
    }

    @Test
    @DisplayName("finds 19 of 20 unusual images at a true positive rate of 95 %, to the image")
    void nineteenOfTwenty() {
        double[] unusual = IntStream.range(0, 20).mapToDouble(image -> image).toArray();
        // The least unusual one need not be found, the next one has to.
        assertEquals(0, new Ranking(new double[] {0.5}, unusual).figures().fprAt95Tpr());
        assertEquals(1, new Ranking(new double[] {1.5}, unusual).figures().fprAt95Tpr());
    }

    @Test
    @DisplayName("refuses a score that is not a number, and data sets without images")
    void refused() {
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> new Ranking(one, new double[] {Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> new Ranking(new double[] {Double.POSITIVE_INFINITY}, one));
        assertThrows(IllegalArgumentException.class, () -> new Ranking(new double[0], one));
    }

    @Test
    @DisplayName(
            "has a ROC curve whose area is AUROC, and whose upper end at no false positive is what is found without any")
    void roc() {
        Ranking ranking = new Ranking(USUAL, UNUSUAL);
        double[] curve = ranking.roc(20_001);
        double area = IntStream.range(1, curve.length)
                .mapToDouble(point -> (curve[point] + curve[point - 1]) / 2 / (curve.length - 1))
                .sum();
        assertEquals(ranking.figures().auroc(), area, 1e-4);
        double largest = Arrays.stream(USUAL).max().orElseThrow();
        assertEquals(share(UNUSUAL, value -> value > largest), curve[0], 1e-12);
        assertEquals(1, curve[curve.length - 1]);
        // Of equal scores one line goes through all thresholds.
        assertArrayEquals(
                new double[] {0, 0.25, 0.5, 0.75, 1}, new Ranking(new double[] {1, 1}, new double[] {1}).roc(5), 1e-12);
    }

    /** The deviation of E. R. DeLong et al. 1988, for the same scores, by numpy. */
    @Test
    @DisplayName("has intervals around its figures, as wide as DeLong's of AUROC, the same every time and by the seed")
    void intervals() {
        Ranking ranking = new Ranking(USUAL, UNUSUAL);
        List<Separation> separations = Separation.of(List.of(ranking, ranking), STREAMS);
        Separation separation = separations.get(0);
        assertEquals(separation, separations.get(1));
        assertEquals(separations, Separation.of(List.of(ranking, ranking), new RandomStreams(5)));
        Separation other = Separation.of(List.of(ranking), new RandomStreams(6)).get(0);
        assertTrue(!separation.auroc().equals(other.auroc()));
        assertEquals(AUROC_OF_NUMPY, separation.auroc().value(), 1e-12);
        assertEquals(AUPR_OF_NUMPY, separation.aupr().value(), 1e-12);
        assertEquals(FPR_OF_NUMPY, separation.fprAt95Tpr().value(), 1e-12);
        double width = separation.auroc().high() - separation.auroc().low();
        assertEquals(2 * 1.96 * DEVIATION_OF_DELONG, width, 0.1 * width);
        for (Interval interval : List.of(separation.auroc(), separation.aupr(), separation.fprAt95Tpr())) {
            assertTrue(interval.low() < interval.value() && interval.value() < interval.high(), interval.toString());
        }
    }

    @Test
    @DisplayName("has a histogram that counts every image, those beyond its ends in the first and the last bin")
    void histogram() {
        double[] usual = IntStream.range(0, 1000).mapToDouble(image -> image).toArray();
        double[] unusual =
                IntStream.range(0, 1000).mapToDouble(image -> 500 + image).toArray();
        usual[0] = -1e6;
        unusual[999] = 1e6;
        Histogram histogram = Histogram.of(usual, unusual, 10);
        assertEquals(5, histogram.low(), 1);
        assertEquals(1494, histogram.high(), 1);
        assertEquals(1000, Arrays.stream(histogram.usual()).sum());
        assertEquals(1000, Arrays.stream(histogram.unusual()).sum());
        assertEquals(0, histogram.unusual()[2]);
        assertEquals(histogram.usual()[0], histogram.unusual()[9]);
        Histogram equal = Histogram.of(new double[] {3, 3}, new double[] {3}, 4);
        assertArrayEquals(new int[] {2, 0, 0, 0}, equal.usual());
    }
}
