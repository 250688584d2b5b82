package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * See {@link ConvolutionDefinition}.
 *
 * <p>The gradient by an absorbed bias would be nothing but rounding. It goes to an array that nobody reads, and the
 * gradient vector keeps the zeros that it begins with.
 */
final class Convolution extends ModelLayer {
    private static final long serialVersionUID = 1L;

    Convolution(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    Pass plan(INDArray input) {
        ConvolutionDefinition definition = (ConvolutionDefinition) layerConf();
        return new ConvolutionPass(input, definition.out(), definition.normalized());
    }

    private final class ConvolutionPass implements Pass {
        private final INDArray input;
        private final INDArray output;
        private final INDArray inputGradient;
        private final boolean normalized;
        private final INDArray ignored;
        private final Operation convolution;
        private Operation gradients;

        ConvolutionPass(INDArray input, long channels, boolean normalized) {
            this.input = input;
            this.normalized = normalized;
            output = Arrays.uninitialized(input.size(0), input.size(1) / 2, input.size(2) / 2, channels);
            inputGradient = Arrays.uninitialized(input.shape());
            ignored = Arrays.uninitialized(channels);
            convolution = Operations.convolution(input, getParam(WEIGHT), getParam(BIAS), output);
        }

        @Override
        public INDArray forward(boolean training) {
            convolution.run();
            return output;
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            if (gradients == null) {
                gradients = Operations.convolutionGradients(
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
            output.close();
            inputGradient.close();
            ignored.close();
        }
    }
}
