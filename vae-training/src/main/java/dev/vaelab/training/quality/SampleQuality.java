package dev.vaelab.training.quality;

import dev.vaelab.training.neighbours.Distances;
import dev.vaelab.training.neighbours.NearestNeighbours;
import dev.vaelab.training.neighbours.Neighbours;
import dev.vaelab.training.neighbours.Points;

/**
 * How near samples are to data, as sets of vectors.
 *
 * <p>All but the first rest on balls: of each vector, that which reaches to its k-th nearest neighbour in its own set. They are 1 at best
 * but for density, which may exceed it; finite sets of one distribution stay below.
 *
 * @param frechetDistance see {@link FrechetDistance}; 0 at best
 * @param precision share of the samples in a ball of data (T. Kynkäänniemi et al., 2019, section 2)
 * @param recall share of the data in a ball of samples (the same)
 * @param density of how many balls of data a sample is in, mean over the samples, over k (M. F. Naeem et al., 2020, equation 3)
 * @param coverage share of the data whose balls have a sample in them (the same, equation 4)
 */
public record SampleQuality(double frechetDistance, double precision, double recall, double density, double coverage) {
    /** k of the nearest neighbours, as in Naeem et al. */
    public static final int NEIGHBOURS = 5;

    /**
     * Compares samples with data.
     *
     * @param data more than {@link #NEIGHBOURS}
     * @param samples as many
     * @throws IllegalArgumentException if these are not as many
     */
    public static SampleQuality of(Points data, Points samples) {
        if (data.count() != samples.count() || data.count() <= NEIGHBOURS) {
            throw new IllegalArgumentException(samples.count() + " samples for " + data.count() + " images");
        }
        float[] ofData = radii(data);
        float[] ofSamples = radii(samples);
        int[] dataAround = new int[samples.count()];
        Distances.visit(samples, data, (sample, first, count, squared) -> {
            for (int other = 0; other < count; other++) {
                dataAround[sample] += squared[other] <= ofData[first + other] ? 1 : 0;
            }
        });
        boolean[] inSamples = new boolean[data.count()];
        boolean[] covered = new boolean[data.count()];
        Distances.visit(data, samples, (image, first, count, squared) -> {
            for (int other = 0; other < count; other++) {
                inSamples[image] |= squared[other] <= ofSamples[first + other];
                covered[image] |= squared[other] <= ofData[image];
            }
        });
        long inside = 0;
        long around = 0;
        for (int number : dataAround) {
            inside += number > 0 ? 1 : 0;
            around += number;
        }
        return new SampleQuality(
                FrechetDistance.between(data, samples),
                (double) inside / samples.count(),
                share(inSamples),
                (double) around / NEIGHBOURS / samples.count(),
                share(covered));
    }

    private static float[] radii(Points points) {
        Neighbours neighbours = new NearestNeighbours(points).findOthers(NEIGHBOURS);
        float[] radii = new float[points.count()];
        for (int point = 0; point < radii.length; point++) {
            radii[point] = neighbours.squaredDistance(point, NEIGHBOURS - 1);
        }
        return radii;
    }

    private static double share(boolean[] values) {
        int sum = 0;
        for (boolean value : values) {
            sum += value ? 1 : 0;
        }
        return (double) sum / values.length;
    }
}
