package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.backend.dl4j.operation.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of images as the graphs want it, channels last, always in the same array as long as the batch size stays: the
 * graphs' operations are bound to it.
 */
final class ImageBuffer implements AutoCloseable {
    private final ImageShape shape;
    private INDArray channelsLast;
    private INDArray channelsFirst;

    /** A buffer for images of a shape. */
    ImageBuffer(ImageShape shape) {
        this.shape = shape;
    }

    /**
     * Copies a batch into the buffer.
     *
     * @param images [images, channels, rows, columns]
     * @return the buffer, [images, rows, columns, channels]
     */
    INDArray fill(INDArray images) {
        long count = images.size(0);
        if (channelsLast == null || channelsLast.size(0) != count) {
            close();
            channelsLast = Arrays.uninitialized(count, shape.height(), shape.width(), shape.channels());
            channelsFirst = channelsFirst(channelsLast);
        }
        channelsFirst.assign(images);
        return channelsLast;
    }

    /** The same values seen as [images, channels, rows, columns]. */
    static INDArray channelsFirst(INDArray channelsLast) {
        return channelsLast.size(3) == 1
                // One channel lies the same either way, and only the reshaped view is known to have no gaps.
                ? channelsLast.reshape(channelsLast.size(0), 1, channelsLast.size(1), channelsLast.size(2))
                : channelsLast.permute(0, 3, 1, 2);
    }

    @Override
    public void close() {
        if (channelsLast != null) {
            channelsLast.close();
            channelsLast = null;
        }
    }
}
