package dev.vaelab.backend.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.types.TFloat32;

/**
 * An operation of TensorFlow's graph.
 *
 * @param operation whose first output is meant
 * @param channelsLast whether the output is [images, height, width, channels], where a tensor of four axes is meant whose second one has
 *     the channels
 */
record Node(Operation operation, boolean channelsLast) {
    Operand<TFloat32> output() {
        return operation.output(0);
    }
}
