package dev.vaelab.api.model;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many values a model holds, counted before anything of that size is made: a number in an experiment file may be as large
 * as an {@code int} can be, and products of such numbers are larger than any {@code long}.
 *
 * @param weights values of all tensors of the model
 * @param largest values of its largest tensor, or of the features between its layers where these are more
 * @param activations values that the layers give for one image; a training step keeps them for its backward pass
 */
public record ModelSize(BigInteger weights, BigInteger largest, BigInteger activations) {
    /** The most values that one Java array holds, on every JVM. Weights cross the border of an engine as arrays. */
    public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int KERNEL_AREA = Architecture.HALVING.kernel() * Architecture.HALVING.kernel();

    /** Scale, shift, running mean and running variance. */
    private static final int OF_NORMALIZATION = 4;

    /**
     * Counts the values of the model of an {@link Architecture} with these parts. They need not make one: any positive numbers
     * are counted, and an image that the convolutions do not halve evenly is rounded down, but not below one pixel.
     */
    public static ModelSize of(ImageShape image, List<Integer> channels, int hidden, int latent) {
        return of(image, channels, hidden, latent, 0);
    }

    /**
     * The same of a conditional model.
     *
     * @param classes how many; 0 for one that knows no labels
     */
    public static ModelSize of(ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
        Count count = new Count();
        int in = image.channels();
        int height = image.height();
        int width = image.width();
        count.features(1, image.channels() + classes, height, width);
        for (int index = 0; index < channels.size(); index++) {
            int out = channels.get(index);
            boolean normalized = index > 0;
            count.tensor(out, normalized ? in : in + classes, KERNEL_AREA);
            count.tensors(1 + OF_NORMALIZATION, out);
            // The transposed convolution that mirrors it, which gives what goes in here.
            count.tensor(out, in, KERNEL_AREA);
            count.tensors(normalized ? 1 + OF_NORMALIZATION : 1, in);
            count.features(normalized ? 2 : 1, in, height, width);
            height = Math.max(1, height / Architecture.HALVING.stride());
            width = Math.max(1, width / Architecture.HALVING.stride());
            // What the convolution gives, and what the normalization makes of it.
            count.features(2, out, height, width);
            in = out;
        }
        BigInteger flat = product(in, height, width);
        BigInteger wide = flat.multiply(product(hidden));
        BigInteger narrow = product(hidden, latent);
        BigInteger ofLabels = product(hidden, classes);
        Stream.of(wide, wide, narrow, narrow, narrow.add(ofLabels)).forEach(count::tensor);
        count.tensors(2, hidden);
        count.tensors(2, latent);
        count.tensor(flat);
        count.features(2, hidden);
        count.features(2, latent);
        count.features(1, latent + classes);
        count.features(1, in, height, width);
        return new ModelSize(count.weights, count.largest, count.activations);
    }

    /**
     * Counts the values of networks of any layers.
     *
     * @param networks encoder and decoder
     */
    public static ModelSize of(List<NetworkSpecification> networks) {
        Count count = new Count();
        for (NetworkSpecification network : networks) {
            network.tensors().forEach(tensor -> count.tensor(sizes(tensor.shape())));
            List<List<Integer>> features = network.features();
            count.features(1, sizes(features.get(0)));
            for (int index = 0; index < network.layers().size(); index++) {
                if (givesNewFeatures(network.layers().get(index))) {
                    count.features(1, sizes(features.get(index + 1)));
                }
            }
            network.heads().forEach(head -> count.features(1, head.outputs()));
        }
        return new ModelSize(count.weights, count.largest, count.activations);
    }

    /** The same with tensors beside those of the networks. */
    public ModelSize with(List<TensorSpecification> more) {
        Count count = new Count();
        more.forEach(tensor -> count.tensor(sizes(tensor.shape())));
        return new ModelSize(weights.add(count.weights), largest.max(count.largest), activations);
    }

    /** Layers with tensors do; activations are computed in place, and what remains is another view. */
    private static boolean givesNewFeatures(Layer layer) {
        return !layer.tensors(TensorRole.UNIFORM).isEmpty();
    }

    private static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether every tensor fits into an array. */
    public boolean fitsArrays() {
        return largest.compareTo(BigInteger.valueOf(LARGEST_ARRAY)) <= 0;
    }

    private static BigInteger product(int... factors) {
        BigInteger product = BigInteger.ONE;
        for (int factor : factors) {
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return product;
    }

    /** The sums while they grow. */
    private static final class Count {
        private BigInteger weights = BigInteger.ZERO;
        private BigInteger largest = BigInteger.ZERO;
        private BigInteger activations = BigInteger.ZERO;

        void tensor(int... sizes) {
            tensor(product(sizes));
        }

        void tensor(BigInteger size) {
            weights = weights.add(size);
            largest = largest.max(size);
        }

        void tensors(int number, int size) {
            Stream.generate(() -> product(size)).limit(number).forEach(this::tensor);
        }

        /** Features of this shape, which the layers give so many times. */
        void features(int times, int... shape) {
            BigInteger size = product(shape);
            activations = activations.add(size.multiply(BigInteger.valueOf(times)));
            largest = largest.max(size);
        }
    }
}
