package dev.vaelab.training;

import dev.vaelab.api.model.Figures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums of the terms of a loss over images seen so far; in float64, so that the mean over a split does not depend on its size.
 *
 * @param terms sum of each term, and under {@value #LOSS} of what is minimized, in nats; empty before the first image
 * @param images how many images were summed
 */
public record FigureSum(Map<String, Double> terms, long images) {
    /** Name of what is minimized. */
    public static final String LOSS = "loss";

    /** Nothing summed yet. */
    public static final FigureSum ZERO = new FigureSum(Map.of(), 0);

    /** Copies the terms and keeps their order. */
    public FigureSum {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    /** This sum and a batch whose means are given. */
    public FigureSum plusMeans(Figures means, int count) {
        Map<String, Double> sums = new LinkedHashMap<>();
        means.terms().forEach((name, mean) -> sums.put(name, mean * count));
        sums.put(LOSS, means.loss() * count);
        return plus(sums, count);
    }

    /**
     * This sum and the terms of a batch's images.
     *
     * @param values for each term, and for {@value #LOSS}, a value for each image
     */
    public FigureSum plusEach(Map<String, float[]> values) {
        Map<String, Double> sums = new LinkedHashMap<>();
        values.forEach((name, each) -> {
            double sum = 0;
            for (float value : each) {
                sum += value;
            }
            sums.put(name, sum);
        });
        return plus(sums, values.get(LOSS).length);
    }

    /** This sum and that of a batch that was summed elsewhere: in the order of the batches, these are the sums of one machine. */
    public FigureSum plus(FigureSum batch) {
        return plus(batch.terms, batch.images);
    }

    private FigureSum plus(Map<String, Double> sums, long count) {
        Map<String, Double> all = new LinkedHashMap<>(terms);
        sums.forEach((name, sum) -> all.merge(name, sum, Double::sum));
        return new FigureSum(all, images + count);
    }

    /**
     * Means over the images.
     *
     * @throws IllegalStateException if there was no image
     */
    public Figures mean() {
        if (images == 0) {
            throw new IllegalStateException("there is no mean of no images");
        }
        Map<String, Double> means = new LinkedHashMap<>();
        terms.forEach((name, sum) -> means.put(name, sum / images));
        double loss = means.remove(LOSS);
        return new Figures(means, loss);
    }
}
