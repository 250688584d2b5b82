package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import dev.vaelab.backend.dl4j.operation.PositiveMask;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** See {@link LinearDefinition}. */
final class Linear extends ModelLayer {
    private static final long serialVersionUID = 1L;

    Linear(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    Pass plan(INDArray input) {
        LinearDefinition definition = (LinearDefinition) layerConf();
        return definition.rectified() ? new RectifiedPass(input, definition) : new LinearPass(input, definition);
    }

    private class LinearPass implements Pass {
        final INDArray output;
        private final INDArray flatInput;
        private final long[] flatOutputShape;
        private final INDArray inputGradient;
        private final INDArray flatInputGradient;
        private final INDArray ones;
        private final INDArray flatWeight;
        private final Operation product;
        private final Operation addBias;
        private final boolean first;
        private Backward backward;

        LinearPass(INDArray input, LinearDefinition definition) {
            long images = input.size(0);
            long in = definition.in().size();
            long out = definition.out().size();
            flatInput = input.reshape(images, in);
            flatOutputShape = new long[] {images, out};
            flatWeight = getParam(WEIGHT).reshape(in, out);
            output = Arrays.uninitialized(definition.out().batch(images));
            inputGradient = Arrays.uninitialized(input.shape());
            flatInputGradient = inputGradient.reshape(images, in);
            ones = Arrays.constant(1, 1, images);
            first = definition.first();
            INDArray flatOutput = output.reshape(flatOutputShape);
            INDArray flatBias = getParam(BIAS).reshape(out);
            product = Operations.matrixProduct(flatInput, false, flatWeight, false, flatOutput);
            addBias = Operations.addRow(flatOutput, flatBias, flatOutput);
        }

        @Override
        public INDArray forward(boolean training) {
            product.run();
            addBias.run();
            return output;
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            if (backward == null || backward.outGradient != outGradient) {
                backward = new Backward(outGradient);
            }
            backward.byParameters();
            return first ? null : inputGradient();
        }

        @Override
        public INDArray inputGradient() {
            backward.byInput.run();
            return inputGradient;
        }

        @Override
        public void close() {
            output.close();
            inputGradient.close();
            ones.close();
        }

        /** The operations that read the gradient by the output. */
        private final class Backward {
            private final INDArray outGradient;
            private final Operation byWeight;
            private final Operation byBias;
            private final Operation byInput;

            Backward(INDArray outGradient) {
                this.outGradient = outGradient;
                INDArray flat = outGradient.reshape(flatOutputShape);
                byWeight = Operations.matrixProduct(
                        flatInput, true, flat, false, gradientBy(WEIGHT).reshape(flatWeight.shape()));
                byBias = Operations.matrixProduct(
                        ones, false, flat, false, gradientBy(BIAS).reshape(1, flatOutputShape[1]));
                byInput = Operations.matrixProduct(flat, false, flatWeight, true, flatInputGradient);
            }

            void byParameters() {
                byWeight.run();
                byBias.run();
            }
        }
    }

    private final class RectifiedPass extends LinearPass {
        private final Operation rectify;
        private final INDArray masked;
        private final PositiveMask mask;

        RectifiedPass(INDArray input, LinearDefinition definition) {
            super(input, definition);
            rectify = Operations.rectify(output);
            masked = Arrays.uninitialized(output.shape());
            mask = new PositiveMask(output, masked);
        }

        @Override
        public INDArray forward(boolean training) {
            super.forward(training);
            rectify.run();
            return output;
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            mask.run(outGradient);
            return super.backward(masked);
        }

        @Override
        public void close() {
            super.close();
            masked.close();
        }
    }
}
