import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The recipe's layers as Deeplearning4j's own graph with its own layers. The means are decoded as they are: sampling and KL
 * are left out, which favours this yardstick a little.
 *
 * <p>Prints images per second without the first steps. Arguments: IDX file of images (gzip), how many images.
 */
final class StockDl4jYardstick {
    private static final int BATCH = 128;
    private static final int IMAGE = 28 * 28;
    private static final int LATENT = 20;
    private static final int WARM_UP_STEPS = 10;

    private StockDl4jYardstick() {}

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .addLayer("conv1", convolution(32), "images")
                .addLayer("bn1", normalization(), "conv1")
                .addLayer("conv2", convolution(64), "bn1")
                .addLayer("bn2", normalization(), "conv2")
                .addLayer("fc", linear(256, Activation.RELU), "bn2")
                .addLayer("heads", linear(2 * LATENT, Activation.IDENTITY), "fc")
                .addVertex("mean", new SubsetVertex(0, LATENT - 1), "heads")
                .addLayer("fc1", linear(256, Activation.RELU), "mean")
                .addLayer("fc2", linear(3136, Activation.RELU), "fc1")
                .addLayer("deconv1", deconvolution(32), new FeedForwardToCnnPreProcessor(7, 7, 64), "fc2")
                .addLayer("bn3", normalization(), "deconv1")
                .addLayer("deconv2", deconvolution(1), "bn3")
                .addLayer(
                        "loss",
                        new CnnLossLayer.Builder(LossFunction.XENT)
                                .activation(Activation.SIGMOID)
                                .build(),
                        "deconv2")
                .setOutputs("loss")
                .build());
        graph.init();
        return graph;
    }

    private static ConvolutionLayer convolution(int out) {
        return new ConvolutionLayer.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(out)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static Deconvolution2D deconvolution(int out) {
        return new Deconvolution2D.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(out)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static BatchNormalization normalization() {
        return new BatchNormalization.Builder().activation(Activation.RELU).build();
    }

    private static DenseLayer linear(int out, Activation activation) {
        return new DenseLayer.Builder().nOut(out).activation(activation).build();
    }

    public static void main(String[] arguments) throws IOException {
        byte[] pixels;
        try (InputStream file = new GZIPInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            file.skipNBytes(16);
            pixels = file.readAllBytes();
        }
        ComputationGraph graph = graph();
        int steps = Integer.parseInt(arguments[1]) / BATCH;
        float[] batch = new float[BATCH * IMAGE];
        long start = 0;
        for (int step = 0; step < steps; step++) {
            if (step == WARM_UP_STEPS) {
                start = System.nanoTime();
            }
            int offset = (int) ((long) step * batch.length % (pixels.length - batch.length));
            for (int index = 0; index < batch.length; index++) {
                batch[index] = (pixels[offset + index] & 255) / 255f;
            }
            INDArray images = Nd4j.createFromArray(batch).reshape(BATCH, 1, 28, 28);
            graph.fit(new INDArray[] {images}, new INDArray[] {images});
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%.0f images/s, last loss %.1f%n",
                (steps - WARM_UP_STEPS) * BATCH / seconds,
                graph.score());
    }
}
