package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.backend.dl4j.operation.Activation;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer: out = in * weight^T + bias, then a function if asked for.
 *
 * <p>Either side may be an image. Its canonical order is channels, rows, columns; inside, channels come last, so the
 * weight is reordered once, at the border, instead of the activations in every step.
 */
public final class Linear extends ModelLayer {
    private static final long serialVersionUID = 1L;

    private final Side out;
    private final Function function;
    private final boolean first;

    private Linear(NeuralNetConfiguration configuration, DataType type, Side out, Function function, boolean first) {
        super(configuration, type);
        this.out = out;
        this.function = function;
        this.first = first;
    }

    /**
     * Defines the layer.
     *
     * @param function what follows, one of the {@link Activation#FUNCTIONS activations}; null for nothing
     * @param first whether its input is that of the network, whose gradient is computed when somebody asks for it
     */
    public static LayerDefinition definition(Side in, Side out, Function function, boolean first) {
        long[] seen = {out.channels(), out.height(), out.width(), in.channels(), in.height(), in.width()};
        return new LayerDefinition(
                new Layout(seen, new int[] {4, 5, 3, 1, 2, 0}),
                new Layout(new long[] {out.channels(), out.height(), out.width()}, new int[] {1, 2, 0}),
                (configuration, type) -> new Linear(configuration, type, out, function, first));
    }

    /**
     * One side of a linear layer: a vector or an image. An image of one pixel is none the less an image: the convolution
     * beside it wants its rows and columns.
     *
     * @param channels channels of the image, or size of the vector
     * @param height rows of the image, 1 of a vector
     * @param width columns of the image, 1 of a vector
     * @param image whether it is an image
     */
    public record Side(long channels, long height, long width, boolean image) implements java.io.Serializable {
        /** A vector. */
        public static Side vector(long size) {
            return new Side(size, 1, 1, false);
        }

        /** An image. */
        public static Side image(long channels, long height, long width) {
            return new Side(channels, height, width, true);
        }

        long size() {
            return channels * height * width;
        }

        /** The shape of a batch: [images, size] for a vector, [images, rows, columns, channels] for an image. */
        long[] batch(long images) {
            return image ? new long[] {images, height, width, channels} : new long[] {images, channels};
        }
    }

    @Override
    Pass plan(INDArray input) {
        return function == null ? new LinearPass(input) : new ActivatedPass(input);
    }

    private class LinearPass implements Pass {
        final INDArray output;
        private final INDArray flatInput;
        private final long[] flatOutputShape;
        private final INDArray inputGradient;
        private final INDArray ones;
        private final INDArray flatWeight;
        private final Operation product;
        private final Operation addBias;
        private INDArray latestGradient;
        private Operation byWeight;
        private Operation byBias;
        private Operation byInput;

        LinearPass(INDArray input) {
            long images = input.size(0);
            INDArray flatBias = getParam(BIAS).reshape(out.size());
            long in = input.length() / images;
            flatInput = input.reshape(images, in);
            flatOutputShape = new long[] {images, out.size()};
            flatWeight = getParam(WEIGHT).reshape(in, out.size());
            output = Arrays.uninitialized(out.batch(images));
            inputGradient = Arrays.uninitialized(input.shape());
            ones = Arrays.constant(1, 1, images);
            INDArray flatOutput = output.reshape(flatOutputShape);
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
            if (latestGradient != outGradient) {
                latestGradient = outGradient;
                INDArray flat = outGradient.reshape(flatOutputShape);
                byWeight = Operations.matrixProduct(
                        flatInput, true, flat, false, gradientBy(WEIGHT).reshape(flatWeight.shape()));
                byBias = Operations.matrixProduct(
                        ones, false, flat, false, gradientBy(BIAS).reshape(1, flatOutputShape[1]));
                byInput = Operations.matrixProduct(
                        flat, false, flatWeight, true, inputGradient.reshape(flatInput.shape()));
            }
            byWeight.run();
            byBias.run();
            return first ? null : inputGradient();
        }

        @Override
        public INDArray inputGradient() {
            byInput.run();
            return inputGradient;
        }

        @Override
        public void close() {
            output.close();
            inputGradient.close();
            ones.close();
        }
    }

    private final class ActivatedPass extends LinearPass {
        private final Activation activation;

        ActivatedPass(INDArray input) {
            super(input);
            activation = new Activation(function, output);
        }

        @Override
        public INDArray forward(boolean training) {
            super.forward(training);
            activation.run();
            return output;
        }

        @Override
        public INDArray backward(INDArray outGradient) {
            return super.backward(activation.backward(outGradient));
        }

        @Override
        public void close() {
            super.close();
            activation.close();
        }
    }
}
