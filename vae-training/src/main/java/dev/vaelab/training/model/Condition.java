package dev.vaelab.training.model;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.tensor.Operand;
import java.util.Arrays;
import java.util.List;

/**
 * What the networks of a conditional model know of the images of a computation: the label of each, as a row of so many numbers as
 * there are classes, 1 for its class and 0 for all others (K. Sohn, H. Lee and X. Yan, <em>Learning structured output
 * representation using deep conditional generative models</em>, 2015, section 4.1). The prior stays p(z) and knows no label.
 *
 * <p>The one place in which labels and images, and labels and latents, are put together. Networks see what they are given and know
 * nothing of labels, so that no engine has to. A model that is not conditional is given images and latents as they are.
 *
 * @param architecture of the model
 * @param labels one for each image; not looked at by a model that is not conditional
 */
record Condition(Architecture architecture, int... labels) {
    /**
     * Goes on only if a conditional model has a class for each label.
     *
     * @throws IllegalArgumentException if not
     */
    Condition {
        if (architecture.conditional()) {
            architecture.requireLabels(labels);
        }
    }

    /**
     * What the encoder takes, see {@link Architecture#encoderInput}.
     *
     * @param images [images, channels, height, width], one for each label
     * @return the images and their labels: [images, channels + classes, height, width], or [images, values + classes]
     */
    <X> Operand<X> withImages(Operand<X> images) {
        if (!architecture.conditional()) {
            return images;
        }
        int count = images.size(0);
        requireLabels("images", count, labels.length == count);
        int classes = architecture.classes();
        if (architecture.encoder().input().size() == 1) {
            return beside(images.reshape(count, architecture.image().size()), rows(images, 1));
        }
        Operand<X> planes =
                rows(images, 1).reshape(count, classes, 1, 1).broadcast(count, classes, images.size(2), images.size(3));
        return beside(images, planes);
    }

    /**
     * What the decoder takes, see {@link Architecture#decoderInput}.
     *
     * @param latents [rows, latent]: a row for each label, or as many for each, one behind the other
     * @return the latents and their labels: [rows, latent + classes]
     */
    <X> Operand<X> withLatents(Operand<X> latents) {
        if (!architecture.conditional()) {
            return latents;
        }
        int count = latents.size(0);
        requireLabels("latents", count, labels.length > 0 && count % labels.length == 0);
        return beside(latents, rows(latents, count / labels.length));
    }

    private static <X> Operand<X> beside(Operand<X> values, Operand<X> labels) {
        return values.concatenate(1, List.of(labels));
    }

    /** The row of each label, so many times in a row: [labels * times, classes]. */
    private <X> Operand<X> rows(Operand<X> any, int times) {
        int classes = architecture.classes();
        float[] rows = new float[Math.multiplyExact(Math.multiplyExact(labels.length, times), classes)];
        for (int row = 0; row < labels.length * times; row++) {
            rows[row * classes + labels[row / times]] = 1;
        }
        return any.of(any.operations().upload(rows, labels.length * times, classes));
    }

    private void requireLabels(String what, int count, boolean fit) {
        if (!fit) {
            throw new IllegalArgumentException("a conditional model needs the label of each of " + count + " " + what
                    + ", found " + labels.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that
                && architecture.equals(that.architecture)
                && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * architecture.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "labels " + Arrays.toString(labels) + " of " + architecture.classes();
    }
}
