package dev.vaelab.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A view of an array of images [images, rows, columns, channels] as [images, channels, rows, columns]; vectors are left as they
 * are. Made once for an array that stays the same from step to step: a view is a native object.
 */
final class ChannelsFirst {
    private INDArray channelsLast;
    private INDArray view;

    /** The view of an array. */
    INDArray of(INDArray features) {
        if (features.rank() != 4) {
            return features;
        }
        if (features != channelsLast) {
            channelsLast = features;
            view = features.size(3) == 1
                    // One channel lies the same either way, and only the reshaped view is known to have no gaps.
                    ? features.reshape(features.size(0), 1, features.size(1), features.size(2))
                    : features.permute(0, 3, 1, 2);
        }
        return view;
    }
}
