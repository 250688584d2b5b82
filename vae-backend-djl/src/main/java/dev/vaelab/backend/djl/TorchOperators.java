package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.vaelab.api.model.Posterior;

/** The operators of the model, each one call of PyTorch and recorded for gradients. */
final class TorchOperators {
    private final TorchScriptModule module;

    TorchOperators(TorchScriptModule module) {
        this.module = module;
    }

    /**
     * A convolution's tensors and those of the batch normalization after it.
     *
     * @param weight of the convolution, [out, in, 4, 4], or [in, out, 4, 4] of a transposed one
     * @param bias of the convolution, [out]
     * @param scale of the normalization, [out]
     * @param shift of the normalization, [out]
     * @param runningMean [out]
     * @param runningVariance [out]
     */
    record Block(
            NDArray weight, NDArray bias, NDArray scale, NDArray shift, NDArray runningMean, NDArray runningVariance) {
        private NDArray[] after(NDArray features) {
            return new NDArray[] {features, weight, bias, scale, shift, runningMean, runningVariance};
        }
    }

    /**
     * Convolution with kernel 4, stride 2 and padding 1, batch normalization by the statistics of the batch, ReLU. Moves
     * the running statistics.
     *
     * <p>With channels last, PyTorch's own normalization adds up all values of a channel one after the other in float32,
     * forward and backward. In a batch of the recipe that is off by some 1e-5, enough for values near zero to end on the
     * other side of the ReLU, and each that does changes gradients by a percent. PyTorch's sums add up in cascades and are
     * as exact as float32 can be; this is composed of them, and the derivatives with it.
     *
     * @param features [images, in, height, width]
     * @return [images, out, height / 2, width / 2]
     */
    NDArray convolutionBlock(NDArray features, Block block) {
        return call("convolution_block", block.after(features));
    }

    /** The same with a transposed convolution, which doubles height and width. */
    NDArray transposedConvolutionBlock(NDArray features, Block block) {
        return call("transposed_convolution_block", block.after(features));
    }

    /** Convolution, batch normalization by the running statistics, which is folded into the convolution, and ReLU. */
    NDArray foldedConvolutionBlock(NDArray features, Block block) {
        return call("folded_convolution_block", block.after(features));
    }

    /** The same with a transposed convolution. */
    NDArray foldedTransposedConvolutionBlock(NDArray features, Block block) {
        return call("folded_transposed_convolution_block", block.after(features));
    }

    /**
     * The transposed convolution, for few output channels, where PyTorch's own is slow: an ordinary convolution gives the
     * four phases of the output as channels, with one row and column too many on each side, and the phases are interleaved
     * (W. Shi et al., <em>Real-time single image and video super-resolution</em>, 2016, arXiv:1609.05158, equation 4).
     *
     * @param features [images, in, height, width]
     * @param weight [4 out, in, 2, 2], see {@link TensorLayout}
     * @param bias [out]
     * @return [images, out, 2 height, 2 width]
     */
    NDArray subPixelConvolution(NDArray features, NDArray weight, NDArray bias) {
        return call("sub_pixel_convolution", features, weight, bias);
    }

    /**
     * Linear layer and ReLU, computed as a 1x1 convolution of one image that has a row of pixels for each row: PyTorch's
     * convolutions use wider vector instructions than its matrix products on processors for which MKL holds them back.
     *
     * @param rows [rows, in]
     * @param weight [out, in, 1, 1]
     * @param bias [out]
     * @return [rows, out]
     */
    NDArray linearRelu(NDArray rows, NDArray weight, NDArray bias) {
        return call("linear_relu", rows, weight, bias);
    }

    /**
     * The two heads of the encoder, linear layers without ReLU, in one product.
     *
     * @param rows [rows, in]
     * @param meanWeight [latent, in, 1, 1]
     * @param meanBias [latent]
     * @param logVarianceWeight [latent, in, 1, 1]
     * @param logVarianceBias [latent]
     */
    Posterior<NDArray> heads(
            NDArray rows, NDArray meanWeight, NDArray meanBias, NDArray logVarianceWeight, NDArray logVarianceBias) {
        NDList heads = module.record("linear_pair", rows, meanWeight, meanBias, logVarianceWeight, logVarianceBias);
        return new Posterior<>(heads.get(0), heads.get(1));
    }

    /** mean + exp(log-variance / 2) * noise; all operands have one shape. */
    NDArray sample(NDArray mean, NDArray logVariance, NDArray noise) {
        return call("sample", mean, logVariance, noise);
    }

    /**
     * The negative logarithm of a Bernoulli likelihood with these logits.
     *
     * @param logits [images, channels, height, width]
     * @param images [images, channels, height, width], in [0,1]
     * @return nats of each image, [images]
     */
    NDArray bernoulli(NDArray logits, NDArray images) {
        return call("bernoulli", logits, images);
    }

    /**
     * The negative logarithm of a Gaussian likelihood around the sigmoid of these logits.
     *
     * @param logits [images, channels, height, width]
     * @param images [images, channels, height, width], in [0,1]
     * @param variance of every pixel, [1]
     * @return nats of each image, [images]
     */
    NDArray gaussian(NDArray logits, NDArray images, NDArray variance) {
        return call("gaussian", logits, images, variance);
    }

    /**
     * The KL divergence of Gaussians with diagonal covariance from N(0, I).
     *
     * @param mean [images, latent]
     * @param logVariance [images, latent]
     * @return nats of each image, [images]
     */
    NDArray kl(NDArray mean, NDArray logVariance) {
        return call("kl", mean, logVariance);
    }

    private NDArray call(String method, NDArray... operands) {
        return module.record(method, operands).singletonOrThrow();
    }
}
