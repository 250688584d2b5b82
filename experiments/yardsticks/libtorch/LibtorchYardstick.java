import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.randn_like;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/**
 * A network trained by calls of native libtorch, as a C++ program would make them: PyTorch's own transposed convolutions, batch
 * normalization and Adam, images with channels first.
 *
 * <p>Prints images per second without the first steps. Arguments: IDX file of images (gzip), how many images, threads, network
 * ({@code recipe} or {@code mlp}), images of a batch.
 */
final class LibtorchYardstick {
    private static final int IMAGE = 28 * 28;
    private static final int WARM_UP_STEPS = 20;
    private static final int SUM = 2; // torch::Reduction::Sum

    private static final long[] STRIDE = {2, 2};
    private static final long[] PADDING = {1, 1};
    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};

    private final List<Tensor> parameters = new ArrayList<>();
    private final Network network;
    private final int batch;

    private LibtorchYardstick(String network, int batch) {
        this.network = network.equals("mlp") ? new Mlp() : new Convolutional();
        this.batch = batch;
    }

    private record Layer(Tensor weight, TensorOptional bias) {
        Tensor of(Tensor rows) {
            return linear(rows, weight, bias);
        }
    }

    /** A network: images to the means and log-variances of posteriors beside each other, and latents to logits. */
    private interface Network {
        int latent();

        Tensor posterior(Tensor images);

        Tensor logits(Tensor latents);
    }

    /** 784-200-200-50 and back with the hyperbolic tangent, as Burda, Grosse and Salakhutdinov (2016) have it. */
    private final class Mlp implements Network {
        private final Layer encoder1 = layer(200, IMAGE, 200, IMAGE);
        private final Layer encoder2 = layer(200, 200, 200, 200);
        private final Layer heads = layer(2 * latent(), 200, 2 * latent(), 200);
        private final Layer decoder1 = layer(200, latent(), 200, latent());
        private final Layer decoder2 = layer(200, 200, 200, 200);
        private final Layer pixels = layer(IMAGE, 200, IMAGE, 200);

        @Override
        public int latent() {
            return 50;
        }

        @Override
        public Tensor posterior(Tensor images) {
            return heads.of(encoder2.of(encoder1.of(images.flatten(1, -1)).tanh()).tanh());
        }

        @Override
        public Tensor logits(Tensor latents) {
            return pixels.of(decoder2.of(decoder1.of(latents).tanh()).tanh()).view(-1, 1, 28, 28);
        }
    }

    /** The recipe's. */
    private final class Convolutional implements Network {
        private final Layer conv1 = layer(32, 1, 32, 1, 4, 4);
        private final Normalization bn1 = new Normalization(32);
        private final Layer conv2 = layer(64, 32 * 16, 64, 32, 4, 4);
        private final Normalization bn2 = new Normalization(64);
        private final Layer fc = layer(256, 3136, 256, 3136);
        private final Layer heads = layer(2 * latent(), 256, 2 * latent(), 256);
        private final Layer fc1 = layer(256, latent(), 256, latent());
        private final Layer fc2 = layer(3136, 256, 3136, 256);
        private final Layer deconv1 = layer(32, 32 * 16, 64, 32, 4, 4);
        private final Normalization bn3 = new Normalization(32);
        private final Layer deconv2 = layer(1, 16, 32, 1, 4, 4);

        @Override
        public int latent() {
            return 20;
        }

        @Override
        public Tensor posterior(Tensor images) {
            Tensor features = bn1.relu(conv2d(images, conv1.weight, conv1.bias, STRIDE, PADDING, ONE, 1));
            features = bn2.relu(conv2d(features, conv2.weight, conv2.bias, STRIDE, PADDING, ONE, 1));
            return heads.of(relu(fc.of(features.flatten(1, -1))));
        }

        @Override
        public Tensor logits(Tensor latents) {
            Tensor features = relu(fc2.of(relu(fc1.of(latents)))).view(-1, 64, 7, 7);
            features = bn3.relu(
                    conv_transpose2d(features, deconv1.weight, deconv1.bias, STRIDE, PADDING, ZERO, 1, ONE));
            return conv_transpose2d(features, deconv2.weight, deconv2.bias, STRIDE, PADDING, ZERO, 1, ONE);
        }
    }

    private final class Normalization {
        private final TensorOptional scale;
        private final TensorOptional shift;
        private final TensorOptional runningMean;
        private final TensorOptional runningVariance;

        Normalization(long channels) {
            scale = new TensorOptional(learned(ones(channels)));
            shift = new TensorOptional(learned(zeros(channels)));
            runningMean = new TensorOptional(zeros(channels));
            runningVariance = new TensorOptional(ones(channels));
        }

        Tensor relu(Tensor features) {
            return org.bytedeco.pytorch.global.torch.relu(
                    batch_norm(features, scale, shift, runningMean, runningVariance, true, 0.1, 1e-5, true));
        }
    }

    private Layer layer(long out, long fanIn, long... shape) {
        Tensor weight = randn(shape).mul_(new Scalar((float) Math.sqrt(1.0 / (3 * fanIn)))).detach();
        return new Layer(learned(weight), new TensorOptional(learned(zeros(out))));
    }

    private Tensor learned(Tensor tensor) {
        tensor.set_requires_grad(true);
        parameters.add(tensor);
        return tensor;
    }

    /** The negative ELBO of a batch in nats per image, with everything that gradients need. */
    private Tensor loss(Tensor images) {
        Tensor posterior = network.posterior(images);
        Tensor mean = posterior.narrow(1, 0, network.latent());
        Tensor logVariance = posterior.narrow(1, network.latent(), network.latent());
        Tensor latents = mean.add(logVariance.mul(new Scalar(.5f)).exp().mul(randn_like(mean)));
        Tensor reconstruction = binary_cross_entropy_with_logits(
                network.logits(latents), images, new TensorOptional(), new TensorOptional(), SUM);
        Tensor kl = mean.square()
                .add(logVariance.exp())
                .sub(logVariance)
                .sub(new Scalar(1f))
                .sum()
                .mul(new Scalar(.5f));
        return reconstruction.add(kl).div(new Scalar((float) batch));
    }

    private void train(byte[] pixels, int steps, String threads) {
        Adam adam = new Adam(new TensorVector(parameters.toArray(new Tensor[0])), new AdamOptions(1e-3));
        float[] values = new float[batch * IMAGE];
        float last = Float.NaN;
        long start = 0;
        for (int step = 0; step < steps; step++) {
            if (step == WARM_UP_STEPS) {
                start = System.nanoTime();
            }
            int offset = (int) ((long) step * values.length % (pixels.length - values.length));
            for (int index = 0; index < values.length; index++) {
                values[index] = (pixels[offset + index] & 255) / 255f;
            }
            try (PointerScope scope = new PointerScope()) {
                Tensor loss = loss(Tensor.create(values, batch, 1, 28, 28));
                adam.zero_grad();
                loss.backward();
                adam.step();
                last = loss.item_float();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%.0f images/s, %s threads, last loss %.1f%n",
                (steps - WARM_UP_STEPS) * batch / seconds,
                threads,
                last);
    }

    public static void main(String[] arguments) throws IOException {
        byte[] pixels;
        try (InputStream file = new GZIPInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            file.skipNBytes(16);
            pixels = file.readAllBytes();
        }
        set_num_threads(Integer.parseInt(arguments[2]));
        int batch = Integer.parseInt(arguments[4]);
        new LibtorchYardstick(arguments[3], batch)
                .train(pixels, Integer.parseInt(arguments[1]) / batch, arguments[2]);
    }
}
