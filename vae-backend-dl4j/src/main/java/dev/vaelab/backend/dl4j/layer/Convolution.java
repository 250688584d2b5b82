package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import dev.vaelab.backend.dl4j.operation.Patches;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that halves height and width: kernel 4, stride 2, padding 1. Batch normalization follows; it absorbs the
 * bias, whose gradient then is exactly zero.
 *
 * <p>Computed it would be nothing but rounding. It goes to an array that nobody reads, or nowhere, and the gradient vector keeps the
 * zeros that it begins with.
 */
public final class Convolution extends ModelLayer {
    private static final long serialVersionUID = 1L;

    private final boolean first;

    private Convolution(NeuralNetConfiguration configuration, DataType type, boolean first) {
        super(configuration, type);
        this.first = first;
    }

    /**
     * Defines the layer.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param first whether its input is that of the network, whose gradient is computed when somebody asks for it
     */
    public static LayerDefinition definition(long in, long out, boolean first) {
        return new LayerDefinition(
                new Layout(new long[] {out, in, 4, 4}, new int[] {2, 3, 1, 0}),
                Layout.same(out),
                (configuration, type) -> new Convolution(configuration, type, first));
    }

    @Override
    Pass plan(INDArray input) {
        return first ? new FirstPass(input) : new InnerPass(input);
    }

    private abstract class ConvolutionPass implements Pass {
        private final INDArray output;
        private final Operation convolution;
        private final FoldedNormalization folded;
        private final Operation foldedConvolution;

        ConvolutionPass(INDArray input) {
            output = Arrays.uninitialized(
                    input.size(0),
                    input.size(1) / 2,
                    input.size(2) / 2,
                    getParam(BIAS).length());
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

        InnerPass(INDArray input) {
            super(input);
            this.input = input;
            inputGradient = Arrays.uninitialized(input.shape());
            ignored = Arrays.uninitialized(getParam(BIAS).shape());
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            if (gradients == null) {
                gradients = Operations.convolutionGradients(
                        false,
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
        private SpreadPatches byImages;
        private INDArray inputGradient;
        private INDArray latestGradient;
        private INDArray flatGradient;
        private Operation byWeight;

        FirstPass(INDArray input) {
            super(input);
            this.input = input;
            patches = new Patches(input);
            matrixShape = new long[] {16 * input.size(3), getParam(BIAS).length()};
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
                inputGradient = Arrays.uninitialized(input.shape());
                byImages = new SpreadPatches(getParam(WEIGHT).reshape(matrixShape), inputGradient);
            }
            return byImages.run(flatGradient);
        }

        @Override
        public void close() {
            super.close();
            patches.close();
            if (byImages != null) {
                byImages.close();
                inputGradient.close();
            }
        }
    }
}
