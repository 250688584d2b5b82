package dev.vaelab.training.score;

import java.util.Arrays;

/** Usual and unusual images in the order of their scores, the most unusual ones first; images of equal score share a place. */
public final class Ranking {
    /** Of the unusual images, which are to be found for the false positive rate: 19 of 20. */
    private static final long FOUND = 19;

    private static final long OF = 20;

    private final int usual;
    private final int unusual;
    private final int[] placesOfUsual;
    private final int[] placesOfUnusual;
    private final int places;

    /**
     * Ranks images.
     *
     * @param usual scores of images as the model was trained on, at least one
     * @param unusual scores of other images, at least one
     * @throws IllegalArgumentException if there is no image, or a score is not a finite number, which has no place
     */
    public Ranking(double[] usual, double[] unusual) {
        if (usual.length == 0 || unusual.length == 0) {
            throw new IllegalArgumentException(
                    "images of two data sets are told apart, found " + usual.length + " and " + unusual.length);
        }
        double[] all = Arrays.copyOf(usual, usual.length + unusual.length);
        System.arraycopy(unusual, 0, all, usual.length, unusual.length);
        for (double value : all) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a score that is " + value);
            }
        }
        // 0 and -0 are equal, and share a place.
        double[] ascending =
                Arrays.stream(all).map(value -> value + 0.0).sorted().distinct().toArray();
        this.usual = usual.length;
        this.unusual = unusual.length;
        this.places = ascending.length;
        this.placesOfUsual = places(ascending, usual);
        this.placesOfUnusual = places(ascending, unusual);
    }

    private static int[] places(double[] ascending, double[] values) {
        return Arrays.stream(values)
                .mapToInt(value -> ascending.length - 1 - Arrays.binarySearch(ascending, value + 0.0))
                .toArray();
    }

    /** Number of usual images. */
    public int usual() {
        return usual;
    }

    /** Number of unusual images. */
    public int unusual() {
        return unusual;
    }

    /** The figures of a {@link Separation}, without intervals. */
    record Figures(double auroc, double aupr, double fprAt95Tpr) {}

    /** Those of all images. */
    Figures figures() {
        return figures(ones(usual), ones(unusual));
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * Those of some of the images, as many as there are.
     *
     * @param timesOfUsual how often each usual image counts
     * @param timesOfUnusual how often each unusual one does
     */
    Figures figures(int[] timesOfUsual, int[] timesOfUnusual) {
        int[] negatives = counts(placesOfUsual, timesOfUsual);
        int[] positives = counts(placesOfUnusual, timesOfUnusual);
        double area = 0;
        double precisions = 0;
        double falsePositiveRate = Double.NaN;
        long falsePositives = 0;
        long truePositives = 0;
        for (int place = 0; place < places; place++) {
            area += negatives[place] * (truePositives + positives[place] / 2.0);
            falsePositives += negatives[place];
            truePositives += positives[place];
            if (positives[place] > 0) {
                precisions += positives[place] * (double) truePositives / (truePositives + falsePositives);
            }
            if (Double.isNaN(falsePositiveRate) && OF * truePositives >= FOUND * unusual) {
                falsePositiveRate = (double) falsePositives / usual;
            }
        }
        return new Figures(area / ((double) usual * unusual), precisions / unusual, falsePositiveRate);
    }

    private int[] counts(int[] placesOfImages, int[] times) {
        int[] counts = new int[places];
        for (int image = 0; image < times.length; image++) {
            counts[placesOfImages[image]] += times[image];
        }
        return counts;
    }

    /**
     * The ROC curve: the true positive rates at false positive rates from 0 to 1 in equal steps, on the line through the points of all
     * thresholds.
     *
     * @param points of the curve, at least two
     */
    public double[] roc(int points) {
        int[] negatives = counts(placesOfUsual, ones(usual));
        int[] positives = counts(placesOfUnusual, ones(unusual));
        double[] rates = new double[points];
        double found = 0;
        double alarms = 0;
        int point = 0;
        for (int place = 0; place < places; place++) {
            double nextAlarms = alarms + (double) negatives[place] / usual;
            double nextFound = found + (double) positives[place] / unusual;
            // Up to where the line ends; where it goes straight up, its upper end is the next piece's lower one.
            while (point < points - 1 && (double) point / (points - 1) < nextAlarms) {
                double along = ((double) point / (points - 1) - alarms) / (nextAlarms - alarms);
                rates[point] = found + along * (nextFound - found);
                point++;
            }
            alarms = nextAlarms;
            found = nextFound;
        }
        Arrays.fill(rates, point, points, 1);
        return rates;
    }
}
