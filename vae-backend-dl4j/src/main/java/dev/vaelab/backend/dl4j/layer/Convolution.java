package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import dev.vaelab.backend.dl4j.operation.Patches;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * See {@link ConvolutionDefinition}.
 *
 * <p>The gradient by an absorbed bias would be nothing but rounding. It goes to an array that nobody reads, or nowhere,
 * and the gradient vector keeps the zeros that it begins with.
 */
final class Convolution extends NormalizedLayer {
    private static final long serialVersionUID = 1L;

    Convolution(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    Pass plan(INDArray input) {
        ConvolutionDefinition definition = (ConvolutionDefinition) layerConf();
        return definition.first() ? new FirstPass(input, definition) : new InnerPass(input, definition);
    }

    private abstract class ConvolutionPass implements Pass {
        private final INDArray output;
        private final Operation convolution;
        private final FoldedNormalization folded;
        private final Operation foldedConvolution;

        ConvolutionPass(INDArray input, ConvolutionDefinition definition) {
            output = Arrays.uninitialized(input.size(0), input.size(1) / 2, input.size(2) / 2, definition.out());
            convolution = Operations.convolution(input, getParam(WEIGHT), getParam(BIAS), output);
            folded = new FoldedNormalization(normalization(), getParam(WEIGHT), getParam(BIAS), 3);
            foldedConvolution = Operations.convolution(input, folded.weight(), folded.bias(), output);
        }

        @Override
        public final INDArray forward(boolean training) {
            if (training) {
                convolution.run();
            } else {
                folded.run();
                foldedConvolution.run();
            }
            return output;
        }

        @Override
        public void close() {
            output.close();
            folded.close();
        }
    }

    private final class InnerPass extends ConvolutionPass {
        private final INDArray input;
        private final INDArray inputGradient;
        private final INDArray ignored;
        private Operation gradients;

        InnerPass(INDArray input, ConvolutionDefinition definition) {
            super(input, definition);
            this.input = input;
            inputGradient = Arrays.uninitialized(input.shape());
            ignored = Arrays.uninitialized(definition.out());
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
                        ignored);
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
            super.close();
            inputGradient.close();
            ignored.close();
        }
    }

    /**
     * The engine's operation would always compute the gradient by the images too, which takes most of its time; here whoever asks
     * for it pays.
     */
    private final class FirstPass extends ConvolutionPass {
        private final INDArray input;
        private final Patches patches;
        private final long[] matrixShape;
        private ByImages byImages;
        private INDArray latestGradient;
        private INDArray flatGradient;
        private Operation byWeight;

        FirstPass(INDArray input, ConvolutionDefinition definition) {
            super(input, definition);
            this.input = input;
            patches = new Patches(input);
            matrixShape = new long[] {16 * definition.in(), definition.out()};
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            if (latestGradient != outGradient) {
                latestGradient = outGradient;
                flatGradient = outGradient.reshape(-1, matrixShape[1]);
                byWeight = Operations.matrixProduct(
                        patches.matrix(),
                        true,
                        flatGradient,
                        false,
                        gradientBy(WEIGHT).reshape(matrixShape));
            }
            patches.run();
            byWeight.run();
            return null;
        }

        @Override
        public INDArray inputGradient() {
            if (byImages == null) {
                byImages = new ByImages(
                        input, patches.matrix().shape(), getParam(WEIGHT).reshape(matrixShape));
            }
            return byImages.run(flatGradient);
        }

        @Override
        public void close() {
            super.close();
            patches.close();
            if (byImages != null) {
                byImages.close();
            }
        }
    }
}
