package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * See {@link TransposedConvolutionDefinition}.
 *
 * <p>The forward pass is a sub-pixel convolution (W. Shi et al., 2016, arXiv:1609.05158), which is exactly the transposed
 * one and less than half as slow here: the output falls into four phases, by the parity of row and column, and each phase
 * is a convolution of the input with a 2x2 part of the kernel. One small convolution gives all four, side by side as
 * channels, with one row and one column too many; each phase leaves out the first or the last.
 *
 * <p>For the gradient by an absorbed bias see {@link Convolution}.
 */
final class TransposedConvolution extends ModelLayer {
    private static final long serialVersionUID = 1L;

    TransposedConvolution(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    Pass plan(INDArray input) {
        TransposedConvolutionDefinition definition = (TransposedConvolutionDefinition) layerConf();
        return new TransposedPass(input, definition.in(), definition.out(), definition.normalized());
    }

    private final class TransposedPass implements Pass {
        private final INDArray input;
        private final INDArray output;
        private final INDArray inputGradient;
        private final boolean normalized;
        private final INDArray ignored;
        private final INDArray smallWeight;
        private final INDArray smallBias;
        private final INDArray smallOutput;
        private final List<Copy> weightParts = new ArrayList<>();
        private final List<Copy> phases = new ArrayList<>();
        private final Operation convolution;
        private Operation gradients;

        TransposedPass(INDArray input, long in, long out, boolean normalized) {
            this.input = input;
            this.normalized = normalized;
            ignored = Arrays.uninitialized(out);
            long images = input.size(0);
            long height = input.size(1);
            long width = input.size(2);
            output = Arrays.uninitialized(images, 2 * height, 2 * width, out);
            inputGradient = Arrays.uninitialized(input.shape());
            smallWeight = Arrays.uninitialized(2, 2, in, 4 * out);
            smallBias = Arrays.uninitialized(4 * out);
            smallOutput = Arrays.uninitialized(images, height + 1, width + 1, 4 * out);
            convolution = Operations.smallConvolution(input, smallWeight, smallBias, smallOutput);
            INDArray parts = smallWeight.reshape(2, 2, in, 2, 2, out);
            INDArray kernel = getParam(WEIGHT).reshape(in, 2, 2, 2, 2, out);
            INDArray biases = smallBias.reshape(4, out);
            INDArray interleaved = output.reshape(images, height, 2, width, 2, out);
            INDArray sideBySide = smallOutput.reshape(images, height + 1, width + 1, 2, 2, out);
            for (long row = 0; row < 2; row++) {
                for (long column = 0; column < 2; column++) {
                    // Kernel row 2 (1 - i) + p meets the small kernel's row i in phase p: output row 2 q + p - 1 sees
                    // input
                    // rows q - 1 and q.
                    weightParts.add(new Copy(
                            Arrays.box(kernel, new long[] {0, 1 - row, 0, 1 - column, 0, 0}, new long[] {
                                in, Arrays.DROPPED, 2, Arrays.DROPPED, 2, out
                            }),
                            Arrays.box(parts, new long[] {row, column, 0, 0, 0, 0}, new long[] {
                                Arrays.DROPPED, Arrays.DROPPED, in, 2, 2, out
                            })));
                    weightParts.add(new Copy(
                            getParam(BIAS),
                            Arrays.box(biases, new long[] {2 * row + column, 0}, new long[] {Arrays.DROPPED, out})));
                    phases.add(new Copy(
                            Arrays.box(sideBySide, new long[] {0, 1 - row, 1 - column, row, column, 0}, new long[] {
                                images, height, width, Arrays.DROPPED, Arrays.DROPPED, out
                            }),
                            Arrays.box(interleaved, new long[] {0, 0, 1 - row, 0, 1 - column, 0}, new long[] {
                                images, height, Arrays.DROPPED, width, Arrays.DROPPED, out
                            })));
                }
            }
        }

        @Override
        public INDArray forward(boolean training) {
            weightParts.forEach(Copy::run);
            convolution.run();
            phases.forEach(Copy::run);
            return output;
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            if (gradients == null) {
                gradients = Operations.transposedConvolutionGradients(
                        input,
                        getParam(WEIGHT),
                        getParam(BIAS),
                        outGradient,
                        inputGradient,
                        gradientBy(WEIGHT),
                        normalized ? ignored : gradientBy(BIAS));
            }
            gradients.input(3, outGradient).run();
            return inputGradient;
        }

        @Override
        public INDArray inputGradient() {
            return inputGradient;
        }

        @Override
        public void close() {
            List.of(output, inputGradient, ignored, smallWeight, smallBias, smallOutput)
                    .forEach(INDArray::close);
        }
    }

    private record Copy(INDArray source, INDArray destination) {
        void run() {
            destination.assign(source);
        }
    }
}
