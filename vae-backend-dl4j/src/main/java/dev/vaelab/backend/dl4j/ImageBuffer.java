package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.RecentlyUsed;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of images as the graphs want it, channels last, in the same array for the same batch size: the graphs'
 * operations are bound to it.
 */
final class ImageBuffer implements AutoCloseable {
    private final ImageShape shape;
    private final ChannelsFirst channelsFirst = new ChannelsFirst();
    private final RecentlyUsed<INDArray> buffers = new RecentlyUsed<>(INDArray::close);

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
        INDArray channelsLast = buffers.get(
                buffer -> buffer.size(0) == count,
                () -> Arrays.uninitialized(count, shape.height(), shape.width(), shape.channels()));
        channelsFirst.of(channelsLast).assign(images);
        return channelsLast;
    }

    @Override
    public void close() {
        buffers.close();
    }
}
