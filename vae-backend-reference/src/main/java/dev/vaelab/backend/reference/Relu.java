package dev.vaelab.backend.reference;

import java.util.List;

/** The rectifier: output = max(input, 0), with the derivative 0 at 0, as in PyTorch. NaN stays NaN. */
final class Relu {
    private Relu() {}

    /** Rectifies every value. */
    static DoubleTensor apply(DoubleTensor input) {
        double[] output = input.values().clone();
        for (int index = 0; index < output.length; index++) {
            output[index] = Math.max(output[index], 0);
        }
        return input.withValues(output).computedFrom(List.of(input), gradient -> List.of(backward(output, gradient)));
    }

    private static DoubleTensor backward(double[] output, DoubleTensor gradient) {
        double[] byInput = gradient.values().clone();
        for (int index = 0; index < byInput.length; index++) {
            if (output[index] <= 0) {
                byInput[index] = 0;
            }
        }
        return gradient.withValues(byInput);
    }
}
