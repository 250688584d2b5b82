package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * See {@link TransposedConvolutionDefinition}.
 *
 * <p>For the gradient by an absorbed bias see {@link Convolution}.
 */
final class TransposedConvolution extends NormalizedLayer {
    private static final long serialVersionUID = 1L;

    TransposedConvolution(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    Pass plan(INDArray input) {
        TransposedConvolutionDefinition definition = (TransposedConvolutionDefinition) layerConf();
        return definition.normalized() ? new InnerPass(input, definition) : new LastPass(input, definition);
    }

    private abstract class TransposedPass implements Pass {
        final INDArray output;
        private final INDArray input;
        private final INDArray inputGradient;
        private Operation gradients;

        TransposedPass(INDArray input, TransposedConvolutionDefinition definition) {
            this.input = input;
            output = Arrays.uninitialized(input.size(0), 2 * input.size(1), 2 * input.size(2), definition.out());
            inputGradient = Arrays.uninitialized(input.shape());
        }

        abstract INDArray biasGradient();

        @Override
        public final INDArray backward(INDArray outGradient) {
            if (gradients == null) {
                gradients = Operations.transposedConvolutionGradients(
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

        InnerPass(INDArray input, TransposedConvolutionDefinition definition) {
            super(input, definition);
            ignored = Arrays.uninitialized(definition.out());
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
        private final INDArray patches;
        private final Operation product;
        private final Operation sum;
        private final Operation addBias;

        LastPass(INDArray input, TransposedConvolutionDefinition definition) {
            super(input, definition);
            long images = input.size(0);
            long rows = input.size(1);
            long columns = input.size(2);
            long in = definition.in();
            long out = definition.out();
            patches = Arrays.uninitialized(images * rows * columns, 16 * out);
            product = Operations.matrixProduct(
                    input.reshape(images * rows * columns, in),
                    false,
                    getParam(WEIGHT).reshape(16 * out, in),
                    true,
                    patches);
            sum = Operations.sumOfPatches(
                    patches.reshape(images, rows, columns, 4, 4, out).permute(0, 5, 3, 4, 1, 2),
                    output.permute(0, 3, 1, 2));
            addBias = Operations.addRow(output, getParam(BIAS), output);
        }

        @Override
        public INDArray forward(boolean training) {
            product.run();
            sum.run();
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
