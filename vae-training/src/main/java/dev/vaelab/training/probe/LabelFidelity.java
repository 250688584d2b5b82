package dev.vaelab.training.probe;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.training.neighbours.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether images that a model makes of a label are taken for images of that label, by the vote of the nearest training images in the
 * space of pixels.
 *
 * <p>The vote is no judge of everything: it errs on real images, too, as is told beside it, and a model that made the same clean image
 * of a label every time would pass.
 *
 * @param generated how many images that were made are taken for what they were made of
 * @param real the same of real images of the split, as many if there are: what the vote is worth
 * @param k training images that vote
 * @param labels the images that were made of each label, the lowest label first
 */
public record LabelFidelity(Accuracy generated, Accuracy real, int k, List<OfLabel> labels) {
    /** Neighbours that vote, if there are as many training images. */
    public static final int NEIGHBOURS = 10;

    /** Pixels of training images that are there as numbers at once: some tens of megabytes. */
    private static final int MOST_VALUES = 8_000_000;

    /** Copies the list. */
    public LabelFidelity {
        labels = List.copyOf(labels);
    }

    /**
     * Images that were made of a label.
     *
     * @param label what they were made of
     * @param accuracy how many are taken for it
     */
    public record OfLabel(int label, Accuracy accuracy) {}

    /** Makes images of labels. */
    @FunctionalInterface
    public interface Generator {
        /**
         * Makes an image of each label.
         *
         * @param labels in any order, each as often as images of it are wanted
         * @return pixels in [0,1], image after image, in the order of the labels
         */
        float[] images(int... labels);
    }

    /**
     * Makes images, as many of each label of the training images as can be, and asks what they are taken for.
     *
     * @param training images that vote, with two labels at least
     * @param real images of a split that are asked for, too
     * @param count images to make, at least one
     */
    public static LabelFidelity of(Generator generator, ImageSubset training, ImageSubset real, int count) {
        return of(
                generator,
                training,
                real,
                count,
                Math.max(1, MOST_VALUES / training.shape().size()));
    }

    /** The same with so many training images at once. */
    static LabelFidelity of(Generator generator, ImageSubset training, ImageSubset real, int count, int piece) {
        int[] known = Arrays.stream(training.labels()).distinct().sorted().toArray();
        int[] asked = IntStream.range(0, count)
                .map(image -> known[image % known.length])
                .toArray();
        ImageSubset shown =
                real.select(IntStream.range(0, Math.min(count, real.count())).toArray());
        int size = training.shape().size();
        float[] made = generator.images(asked);
        if (made.length != Math.multiplyExact(count, size)) {
            throw new IllegalArgumentException(
                    count + " images have " + (long) count * size + " pixels, found " + made.length);
        }
        int k = Math.min(NEIGHBOURS, training.count());
        NeighbourVote ofMade = new NeighbourVote(new Points(size, made), k);
        NeighbourVote ofReal = new NeighbourVote(new Points(size, shown.pixels()), k);
        for (int from = 0; from < training.count(); from += piece) {
            ImageSubset stretch = training.select(IntStream.range(from, Math.min(training.count(), from + piece))
                    .toArray());
            Points references = new Points(size, stretch.pixels());
            ofMade.add(references, stretch.labels());
            ofReal.add(references, stretch.labels());
        }
        int[] found = ofMade.labels();
        List<OfLabel> labels = new ArrayList<>();
        for (int label : known) {
            int[] rows = IntStream.range(0, count)
                    .filter(image -> asked[image] == label)
                    .map(image -> found[image])
                    .toArray();
            if (rows.length > 0) {
                labels.add(new OfLabel(label, Accuracy.ofAlways(label, rows)));
            }
        }
        return new LabelFidelity(Accuracy.of(asked, found), Accuracy.of(shown.labels(), ofReal.labels()), k, labels);
    }
}
