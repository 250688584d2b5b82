package dev.vaelab.backend.dl4j.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A linear layer: out = in * weight^T + bias, then ReLU if asked for.
 *
 * <p>Either side may be an image. Its canonical order is channels, rows, columns; inside, channels come last, so the
 * weight is reordered once, at the border, instead of the activations in every step.
 */
public final class LinearDefinition extends LayerDefinition {
    private static final long serialVersionUID = 1L;

    private final Side in;
    private final Side out;
    private final boolean rectified;
    private final boolean first;

    /**
     * Defines the layer.
     *
     * @param rectified whether ReLU follows
     * @param first whether its input is that of the network, whose gradient is computed when somebody asks for it
     */
    public LinearDefinition(Side in, Side out, boolean rectified, boolean first) {
        this.in = in;
        this.out = out;
        this.rectified = rectified;
        this.first = first;
    }

    @Override
    public Map<String, Layout> parameters() {
        long[] seen = {out.channels(), out.height(), out.width(), in.channels(), in.height(), in.width()};
        Layout weight = new Layout(seen, new int[] {4, 5, 3, 1, 2, 0});
        Layout bias = new Layout(new long[] {out.channels(), out.height(), out.width()}, new int[] {1, 2, 0});
        return weightAndBias(weight, bias);
    }

    @Override
    Linear implementation(NeuralNetConfiguration configuration, DataType type) {
        return new Linear(configuration, type);
    }

    Side in() {
        return in;
    }

    Side out() {
        return out;
    }

    boolean rectified() {
        return rectified;
    }

    boolean first() {
        return first;
    }

    /**
     * One side of a linear layer: a vector or an image. An image of one pixel is none the less an image: the convolution
     * beside it wants its rows and columns.
     *
     * @param channels channels of the image, or size of the vector
     * @param height rows of the image, 1 of a vector
     * @param width columns of the image, 1 of a vector
     * @param image whether it is an image
     */
    public record Side(long channels, long height, long width, boolean image) implements java.io.Serializable {
        /** A vector. */
        public static Side vector(long size) {
            return new Side(size, 1, 1, false);
        }

        /** An image. */
        public static Side image(long channels, long height, long width) {
            return new Side(channels, height, width, true);
        }

        long size() {
            return channels * height * width;
        }

        /** The shape of a batch: [images, size] for a vector, [images, rows, columns, channels] for an image. */
        long[] batch(long images) {
            return image ? new long[] {images, height, width, channels} : new long[] {images, channels};
        }
    }
}
