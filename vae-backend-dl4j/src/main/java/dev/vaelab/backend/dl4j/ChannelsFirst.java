package dev.vaelab.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A view of an array of images [images, rows, columns, channels] as [images, channels, rows, columns]. Made once for an
 * array that stays the same from step to step: a view is a native object.
 */
final class ChannelsFirst {
    private INDArray channelsLast;
    private INDArray view;

    /** The view of an array. */
    INDArray of(INDArray images) {
        if (images != channelsLast) {
            channelsLast = images;
            view = images.size(3) == 1
                    // One channel lies the same either way, and only the reshaped view is known to have no gaps.
                    ? images.reshape(images.size(0), 1, images.size(1), images.size(2))
                    : images.permute(0, 3, 1, 2);
        }
        return view;
    }
}
