package dev.vaelab.training.quality;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A classifier of images with one hidden layer: pixels, 128 rectified linear units, a softmax over the labels. Its features are the
 * hidden units. They are no Inception features, and distances between them are none of those that are published.
 *
 * <p>It is trained in plain Java, in one thread and in a fixed order, and its only transcendental function is that of {@link
 * StrictMath}: the same images give the same features, bit for bit, on every machine and beside every engine. Training minimizes the
 * cross-entropy by Adam (Kingma and Ba, 2015: rate 0.001, 0.9, 0.999, 1e-8) in 2,000 steps of 100 images, or 100 passes if that is less.
 */
public final class SmallClassifier implements FeatureMap {
    /** Hidden units, which are the features. */
    public static final int HIDDEN = 128;

    /** How it is trained is part of the conditions of what is measured by it: see the label of its features. */
    public static final int STEPS = 2000;

    private static final int MOST_PASSES = 100;
    private static final int BATCH = 100;

    private final int size;
    private final int classes;
    private final Layer hidden;
    private final Layer output;

    private SmallClassifier(int size, int classes, UniformRandomProvider random) {
        this.size = size;
        this.classes = classes;
        this.hidden = new Layer(size, HIDDEN, random);
        this.output = new Layer(HIDDEN, classes, random);
    }

    /**
     * Trains a classifier.
     *
     * @param images with their labels
     */
    public static SmallClassifier train(ImageSubset images, RandomStreams streams) {
        int classes = 1;
        for (int image = 0; image < images.count(); image++) {
            classes = Math.max(classes, images.label(image) + 1);
        }
        SmallClassifier classifier =
                new SmallClassifier(images.shape().size(), classes, streams.open(Purpose.FEATURES, 0));
        int step = 0;
        for (int pass = 1; step < STEPS && pass <= MOST_PASSES; pass++) {
            int[] order = streams.permutation(images.count(), Purpose.FEATURES, pass);
            for (int from = 0; from < order.length && step < STEPS; from += BATCH, step++) {
                classifier.step(images.select(Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH))));
            }
        }
        return classifier;
    }

    @Override
    public int dimensions() {
        return HIDDEN;
    }

    @Override
    public float[] features(float[] pixels) {
        int count = pixels.length / size;
        float[] features = new float[Math.multiplyExact(count, HIDDEN)];
        float[] activation = new float[HIDDEN];
        for (int image = 0; image < count; image++) {
            hidden.forward(pixels, image * size, activation);
            rectify(activation);
            System.arraycopy(activation, 0, features, image * HIDDEN, HIDDEN);
        }
        return features;
    }

    /** The share of images whose label is the most probable one. */
    public double accuracy(ImageSubset images) {
        float[] pixels = new float[size];
        float[] logits = new float[classes];
        int right = 0;
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            output.forward(features(pixels), 0, logits);
            int best = 0;
            for (int label = 1; label < classes; label++) {
                best = logits[label] > logits[best] ? label : best;
            }
            right += best == images.label(image) ? 1 : 0;
        }
        return (double) right / images.count();
    }

    private void step(ImageSubset batch) {
        float[] pixels = batch.pixels();
        float[] features = features(pixels);
        float[] logits = new float[classes];
        float[] ofHidden = new float[HIDDEN];
        for (int image = 0; image < batch.count(); image++) {
            output.forward(features, image * HIDDEN, logits);
            toGradient(logits, batch.label(image), batch.count());
            output.backward(features, image * HIDDEN, logits, ofHidden);
            for (int unit = 0; unit < HIDDEN; unit++) {
                ofHidden[unit] = features[image * HIDDEN + unit] > 0 ? ofHidden[unit] : 0;
            }
            hidden.backward(pixels, image * size, ofHidden, null);
        }
        hidden.update();
        output.update();
    }

    private static void rectify(float[] values) {
        for (int index = 0; index < values.length; index++) {
            values[index] = Math.max(0, values[index]);
        }
    }

    /** Softmax minus the label, for the mean over the batch. */
    private static void toGradient(float[] logits, int label, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        float sum = 0;
        for (int index = 0; index < logits.length; index++) {
            logits[index] = (float) StrictMath.exp(logits[index] - largest);
            sum += logits[index];
        }
        for (int index = 0; index < logits.length; index++) {
            logits[index] = (logits[index] / sum - (index == label ? 1 : 0)) / count;
        }
    }

    /** A linear layer with its gradient and Adam's moments; a row of weights for each input, and one of biases. */
    private static final class Layer {
        private static final float RATE = 0.001f;
        private static final float FIRST = 0.9f;
        private static final float SECOND = 0.999f;
        private static final float EPSILON = 1e-8f;

        private final float[][] weights;
        private final float[][] gradients;
        private final float[][] means;
        private final float[][] squares;
        private double firstPower = 1;
        private double secondPower = 1;

        Layer(int inputs, int outputs, UniformRandomProvider random) {
            weights = new float[inputs + 1][outputs];
            gradients = new float[inputs + 1][outputs];
            means = new float[inputs + 1][outputs];
            squares = new float[inputs + 1][outputs];
            float bound = (float) (1 / Math.sqrt(inputs));
            for (float[] row : weights) {
                for (int index = 0; index < outputs; index++) {
                    row[index] = (2 * random.nextFloat() - 1) * bound;
                }
            }
        }

        void forward(float[] values, int from, float[] result) {
            int inputs = weights.length - 1;
            System.arraycopy(weights[inputs], 0, result, 0, result.length);
            for (int input = 0; input < inputs; input++) {
                addTo(result, values[from + input], weights[input]);
            }
        }

        /** Adds to the gradients; gives that of the inputs, unless nobody asks. */
        void backward(float[] values, int from, float[] ofResult, float[] ofValues) {
            int inputs = weights.length - 1;
            addTo(gradients[inputs], 1, ofResult);
            for (int input = 0; input < inputs; input++) {
                addTo(gradients[input], values[from + input], ofResult);
                if (ofValues != null) {
                    float sum = 0;
                    for (int index = 0; index < ofResult.length; index++) {
                        sum += weights[input][index] * ofResult[index];
                    }
                    ofValues[input] = sum;
                }
            }
        }

        /** Black pixels, and units that are off, are most of all inputs. */
        private static void addTo(float[] sum, float factor, float[] values) {
            if (factor != 0) {
                for (int index = 0; index < sum.length; index++) {
                    sum[index] += factor * values[index];
                }
            }
        }

        void update() {
            firstPower *= FIRST;
            secondPower *= SECOND;
            float rate = (float) (RATE / (1 - firstPower));
            float correction = (float) (1 / (1 - secondPower));
            for (int row = 0; row < weights.length; row++) {
                float[] weight = weights[row];
                float[] gradient = gradients[row];
                float[] mean = means[row];
                float[] square = squares[row];
                for (int index = 0; index < weight.length; index++) {
                    mean[index] = FIRST * mean[index] + (1 - FIRST) * gradient[index];
                    square[index] = SECOND * square[index] + (1 - SECOND) * gradient[index] * gradient[index];
                    weight[index] -= rate * mean[index] / ((float) Math.sqrt(square[index] * correction) + EPSILON);
                    gradient[index] = 0;
                }
            }
        }
    }
}
