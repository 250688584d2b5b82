package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A transposed convolution that doubles height and width: kernel 4, stride 2, padding 1.
 *
 * <p>For the gradient by an absorbed bias see {@link Convolution}.
 */
public final class TransposedConvolution extends ModelLayer {
    private static final long serialVersionUID = 1L;

    private final boolean normalized;

    private TransposedConvolution(NeuralNetConfiguration configuration, DataType type, boolean normalized) {
        super(configuration, type);
        this.normalized = normalized;
    }

    /**
     * Defines the layer.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param normalized whether batch normalization follows; it absorbs the bias, whose gradient then is exactly zero
     */
    public static LayerDefinition definition(long in, long out, boolean normalized) {
        return new LayerDefinition(
                new Layout(new long[] {in, out, 4, 4}, new int[] {2, 3, 1, 0}),
                Layout.same(out),
                (configuration, type) -> new TransposedConvolution(configuration, type, normalized));
    }

    @Override
    Pass plan(INDArray input) {
        return normalized ? new InnerPass(input) : new LastPass(input);
    }

    private abstract class TransposedPass implements Pass {
        final INDArray output;
        private final INDArray input;
        private final INDArray inputGradient;
        private Operation gradients;

        TransposedPass(INDArray input) {
            this.input = input;
            output = Arrays.uninitialized(
                    input.size(0),
                    2 * input.size(1),
                    2 * input.size(2),
                    getParam(BIAS).length());
            inputGradient = Arrays.uninitialized(input.shape());
        }

        abstract INDArray biasGradient();

        @Override
        public final INDArray backward(INDArray outGradient) {
            if (gradients == null) {
                gradients = Operations.convolutionGradients(
                        true,
                        input,
                        getParam(WEIGHT),
                        getParam(BIAS),
                        outGradient,
                        inputGradient,
                        gradientBy(WEIGHT),
                        biasGradient());
            }
            gradients.input(3, outGradient).run();
            return inputGradient;
        }

        @Override
        public final INDArray inputGradient() {
            return inputGradient;
        }

        @Override
        public void close() {
            output.close();
            inputGradient.close();
        }
    }

    private final class InnerPass extends TransposedPass {
        private final INDArray outputShape;
        private final INDArray ignored;
        private final Operation convolution;
        private final Operation addBias;
        private final FoldedNormalization folded;
        private final Operation foldedConvolution;
        private final Operation addFoldedBias;

        InnerPass(INDArray input) {
            super(input);
            ignored = Arrays.uninitialized(getParam(BIAS).shape());
            outputShape = Arrays.integers(output.shape());
            convolution = Operations.transposedConvolution(input, getParam(WEIGHT), outputShape, output);
            addBias = Operations.addRow(output, getParam(BIAS), output);
            folded = new FoldedNormalization(normalization(), getParam(WEIGHT), getParam(BIAS), 2);
            foldedConvolution = Operations.transposedConvolution(input, folded.weight(), outputShape, output);
            addFoldedBias = Operations.addRow(output, folded.bias(), output);
        }

        @Override
        public INDArray forward(boolean training) {
            if (training) {
                convolution.run();
                addBias.run();
            } else {
                folded.run();
                foldedConvolution.run();
                addFoldedBias.run();
            }
            return output;
        }

        @Override
        INDArray biasGradient() {
            return ignored;
        }

        @Override
        public void close() {
            super.close();
            folded.close();
            List.of(outputShape, ignored).forEach(INDArray::close);
        }
    }

    /** Gives images, of few channels: the patches that each value spreads over fit into a matrix. */
    private final class LastPass extends TransposedPass {
        private final SpreadPatches patches;
        private final INDArray values;
        private final Operation addBias;

        LastPass(INDArray input) {
            super(input);
            long in = input.size(3);
            values = input.reshape(-1, in);
            patches = new SpreadPatches(getParam(WEIGHT).reshape(-1, in), output);
            addBias = Operations.addRow(output, getParam(BIAS), output);
        }

        @Override
        public INDArray forward(boolean training) {
            patches.run(values);
            addBias.run();
            return output;
        }

        @Override
        INDArray biasGradient() {
            return gradientBy(BIAS);
        }

        @Override
        public void close() {
            super.close();
            patches.close();
        }
    }
}
