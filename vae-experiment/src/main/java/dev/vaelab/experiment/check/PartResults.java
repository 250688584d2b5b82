package dev.vaelab.experiment.check;

import dev.vaelab.api.model.Objective;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What the formulas of parts compute of a batch and keep, see {@link dev.vaelab.api.model.Part#largeResults}.
 *
 * @param values of all of them
 * @param largest values of the largest one
 */
record PartResults(BigInteger values, BigInteger largest) {
    /**
     * Of a batch of so many images.
     *
     * @param latent dimensions of the latent space
     */
    static PartResults of(Objective objective, int batch, int latent) {
        int samples = objective.loss().samples();
        long rows = Math.min(Integer.MAX_VALUE, (long) batch * samples);
        List<List<Integer>> shapes = new ArrayList<>();
        objective
                .parts()
                .values()
                .forEach(part ->
                        shapes.addAll(part.largeResults(part == objective.loss() ? batch : (int) rows, latent)));
        BigInteger values = BigInteger.ZERO;
        BigInteger largest = BigInteger.ZERO;
        for (List<Integer> shape : shapes) {
            BigInteger size = shape.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
            values = values.add(size);
            largest = largest.max(size);
        }
        return new PartResults(values, largest);
    }
}
