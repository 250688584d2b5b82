package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Operators that DJL does not offer, or not in a form that can be trained through, as methods of a TorchScript module.
 *
 * <p>An operation of {@link NDArray} with a Java number is of the second kind: DJL puts the number into a buffer that the
 * garbage collector may free before PyTorch's backward pass reads it. So no arithmetic with numbers happens outside.
 *
 * <p>Belongs to the manager that it was made with.
 */
final class TorchOperators {
    private static final String NAME = "Operators";

    /** PyTorch's number of the type, c10::ScalarType::Double. */
    private static final int FLOAT64 = 7;

    private static final String SOURCE = """
            class Operators(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def transposed_convolution(self: __torch__.Operators,
                features: Tensor,
                weight: Tensor,
                bias: Tensor) -> Tensor:
                return torch.conv_transpose2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
              def pixel_shuffle(self: __torch__.Operators,
                features: Tensor) -> Tensor:
                return torch.pixel_shuffle(features, STRIDE)
              def batch_normalization_relu(self: __torch__.Operators,
                features: Tensor,
                scale: Tensor,
                shift: Tensor,
                running_mean: Tensor,
                running_variance: Tensor) -> Tensor:
                mean = torch.mean(features, [0, 2, 3], True)
                centered = torch.sub(features, mean)
                variance = torch.mean(torch.square(centered), [0, 2, 3], True)
                count = torch.floordiv(torch.numel(features), torch.size(features, 1))
                unbiased = torch.mul(torch.detach(variance), torch.div(count, torch.sub(count, 1)))
                _0 = torch.add_(torch.mul_(running_mean, KEPT), torch.flatten(torch.detach(mean)), alpha=MOMENTUM)
                _1 = torch.add_(torch.mul_(running_variance, KEPT), torch.flatten(unbiased), alpha=MOMENTUM)
                deviation = torch.sqrt(torch.add(variance, EPSILON))
                factors = torch.div(torch.reshape(scale, [1, -1, 1, 1]), deviation)
                normalized = torch.addcmul(torch.reshape(shift, [1, -1, 1, 1]), centered, factors)
                return torch.relu_(normalized)
              def sample(self: __torch__.Operators,
                mean: Tensor,
                log_variance: Tensor,
                noise: Tensor) -> Tensor:
                deviation = torch.exp(torch.mul(log_variance, 0.5))
                return torch.add(mean, torch.mul(deviation, noise))
              def bernoulli(self: __torch__.Operators,
                logits: Tensor,
                images: Tensor) -> Tensor:
                pixels = torch.binary_cross_entropy_with_logits(logits, images, None, None, 0)
                return torch.sum(pixels, [1, 2, 3])
              def gaussian(self: __torch__.Operators,
                logits: Tensor,
                images: Tensor,
                variance: Tensor) -> Tensor:
                squares = torch.sum(torch.square(torch.sub(torch.sigmoid(logits), images)), [1, 2, 3])
                pixels = torch.floordiv(torch.numel(images), torch.size(images, 0))
                constant = torch.mul(torch.log(torch.mul(variance, TWO_PI)), pixels)
                return torch.mul(torch.add(torch.div(squares, variance), constant), 0.5)
              def kl(self: __torch__.Operators,
                mean: Tensor,
                log_variance: Tensor) -> Tensor:
                terms = torch.add(torch.sub(torch.expm1(log_variance), log_variance), torch.square(mean))
                return torch.mul(torch.sum(terms, [1]), 0.5)
              def gradients(self: __torch__.Operators,
                loss: Tensor,
                weights: List[Tensor]) -> List[Tensor]:
                found = torch.grad([loss], weights)
                gradients = annotate(List[Tensor], [])
                for i in range(torch.len(found)):
                  gradient = unchecked_cast(Tensor, found[i])
                  _0 = torch.append(gradients, torch.contiguous(gradient))
                return gradients
              def length(self: __torch__.Operators,
                tensors: List[Tensor]) -> float:
                squares = 0.
                for i in range(torch.len(tensors)):
                  length = float(torch.linalg_vector_norm(tensors[i], 2, None, False, dtype=FLOAT64))
                  squares = torch.add(squares, torch.mul(length, length))
                return torch.sqrt(squares)
              def scale(self: __torch__.Operators,
                tensors: List[Tensor],
                factor: float) -> int:
                torch._foreach_mul_(tensors, factor)
                return torch.len(tensors)
              def adam(self: __torch__.Operators,
                weights: List[Tensor],
                gradients: List[Tensor],
                first_moments: List[Tensor],
                second_moments: List[Tensor],
                step: float,
                learning_rate: float,
                beta1: float,
                beta2: float,
                epsilon: float,
                weight_decay: float) -> int:
                steps = torch.mul([torch.full([], step)], torch.len(weights))
                no_maximum = annotate(List[Tensor], [])
                torch._fused_adamw_(weights, gradients, first_moments, second_moments, no_maximum, steps,
                  lr=learning_rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon,
                  amsgrad=False, maximize=False)
                return torch.len(weights)
              def sgd(self: __torch__.Operators,
                weights: List[Tensor],
                gradients: List[Tensor],
                velocities: List[Tensor],
                learning_rate: float,
                momentum: float) -> int:
                torch._foreach_mul_(velocities, momentum)
                torch._foreach_add_(velocities, gradients)
                torch._foreach_add_(weights, velocities, alpha=torch.neg(learning_rate))
                return torch.len(weights)
            """.replace("STRIDE", String.valueOf(Architecture.STRIDE))
            .replace("PADDING", String.valueOf(Architecture.PADDING))
            .replace("TWO_PI", String.valueOf(2 * Math.PI))
            .replace("FLOAT64", String.valueOf(FLOAT64))
            .replace("EPSILON", String.valueOf(Architecture.BATCH_NORM_EPSILON))
            .replace("MOMENTUM", String.valueOf(Architecture.BATCH_NORM_MOMENTUM))
            .replace("KEPT", String.valueOf(1 - Architecture.BATCH_NORM_MOMENTUM));

    private final PtSymbolBlock module;
    private final NDArray transposedConvolution;
    private final NDArray pixelShuffle;
    private final NDArray batchNormalizationRelu;
    private final NDArray sample;
    private final NDArray bernoulli;
    private final NDArray gaussian;
    private final NDArray kl;

    /** Loads the module into the engine. */
    TorchOperators(NDManager manager) {
        try {
            module = JniUtils.loadModule((PtNDManager) manager, TorchScriptArchive.pack(NAME, SOURCE), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        transposedConvolution = methodMarker(manager, "transposed_convolution");
        pixelShuffle = methodMarker(manager, "pixel_shuffle");
        batchNormalizationRelu = methodMarker(manager, "batch_normalization_relu");
        sample = methodMarker(manager, "sample");
        bernoulli = methodMarker(manager, "bernoulli");
        gaussian = methodMarker(manager, "gaussian");
        kl = methodMarker(manager, "kl");
    }

    /**
     * The transposed convolution of the architecture: kernel 4, stride 2, padding 1; recorded for gradients.
     *
     * @param features [images, in, height, width]
     * @param weight [in, out, 4, 4]
     * @param bias [out]
     * @return [images, out, 2 height, 2 width]
     */
    NDArray transposedConvolution(NDArray features, NDArray weight, NDArray bias) {
        return call(transposedConvolution, features, weight, bias);
    }

    /**
     * Interleaves each group of four channels as the four phases of an image of twice the size (W. Shi et al.,
     * <em>Real-time single image and video super-resolution</em>, 2016, arXiv:1609.05158, equation 4); recorded for
     * gradients.
     *
     * @param features [images, 4 channels, height, width]
     * @return [images, channels, 2 height, 2 width]
     */
    NDArray pixelShuffle(NDArray features) {
        return call(pixelShuffle, features);
    }

    /**
     * Batch normalization by the statistics of the batch, followed by ReLU; recorded for gradients.
     *
     * <p>With channels last, PyTorch's own adds up all values of a channel one after the other in float32, forward and
     * backward. In a batch of the recipe that is off by some 1e-5, enough for values near zero to end on the other side of
     * the ReLU, and each that does changes gradients by a percent. PyTorch's means add up in cascades and are as exact as
     * float32 can be; this is composed of them, and the derivatives with it.
     *
     * @param features [images, channels, height, width]
     * @param scale [channels]
     * @param shift [channels]
     * @param runningMean [channels], moved
     * @param runningVariance [channels], moved
     * @return of the shape of the features
     */
    NDArray batchNormalizationRelu(
            NDArray features, NDArray scale, NDArray shift, NDArray runningMean, NDArray runningVariance) {
        return call(batchNormalizationRelu, features, scale, shift, runningMean, runningVariance);
    }

    /** mean + exp(log-variance / 2) * noise; recorded for gradients. All operands have one shape. */
    NDArray sample(NDArray mean, NDArray logVariance, NDArray noise) {
        return call(sample, mean, logVariance, noise);
    }

    /**
     * The negative logarithm of a Bernoulli likelihood with these logits; recorded for gradients.
     *
     * @param logits [images, channels, height, width]
     * @param images [images, channels, height, width], in [0,1]
     * @return nats of each image, [images]
     */
    NDArray bernoulli(NDArray logits, NDArray images) {
        return call(bernoulli, logits, images);
    }

    /**
     * The negative logarithm of a Gaussian likelihood around the sigmoid of these logits; recorded for gradients.
     *
     * @param logits [images, channels, height, width]
     * @param images [images, channels, height, width], in [0,1]
     * @param variance of every pixel, [1]
     * @return nats of each image, [images]
     */
    NDArray gaussian(NDArray logits, NDArray images, NDArray variance) {
        return call(gaussian, logits, images, variance);
    }

    /**
     * The KL divergence of Gaussians with diagonal covariance from N(0, I); recorded for gradients.
     *
     * @param mean [images, latent]
     * @param logVariance [images, latent]
     * @return nats of each image, [images]
     */
    NDArray kl(NDArray mean, NDArray logVariance) {
        return call(kl, mean, logVariance);
    }

    /**
     * The gradients of a loss as values: nothing accumulates and nothing needs to be set to zero.
     *
     * @param loss a scalar that was computed from all the weights while recording; its graph is used up
     * @param weights what to differentiate by
     * @return one gradient for each weight, of its shape and in row-major order, on which the fused Adam relies without
     *     looking; they belong to the loss's manager
     */
    PtNDArray[] gradients(NDArray loss, IValue weights) {
        try (IValue lossValue = IValue.from((PtNDArray) loss);
                IValue gradients = IValueUtils.runMethod(module, "gradients", lossValue, weights)) {
            return gradients.toTensorArray((PtNDManager) loss.getManager());
        }
    }

    /** The Euclidean length of all the tensors together, accumulated in float64. */
    double length(PtNDArray[] tensors) {
        try (IValue list = IValue.listFrom(tensors);
                IValue length = IValueUtils.runMethod(module, "length", list)) {
            return length.toDouble();
        }
    }

    /** Multiplies every entry of the tensors, in place. */
    void scale(PtNDArray[] tensors, double factor) {
        try (IValue list = IValue.listFrom(tensors);
                IValue factorValue = IValue.from(factor)) {
            IValueUtils.runMethod(module, "scale", list, factorValue).close();
        }
    }

    /**
     * One update by PyTorch's fused AdamW, which passes over each weight once; without weight decay it is Adam.
     *
     * @param weights tensors to change, none of them recorded for gradients
     * @param gradients a gradient for each
     * @param firstMoments running means of the gradients, changed
     * @param secondMoments running means of the squared gradients, changed
     * @param step number of this update, counted from 1
     */
    void adam(
            IValue weights,
            PtNDArray[] gradients,
            IValue firstMoments,
            IValue secondMoments,
            long step,
            double learningRate,
            OptimizerSettings.Adam settings) {
        try (IValue gradientList = IValue.listFrom(gradients);
                IValue stepValue = IValue.from((double) step);
                IValue learningRateValue = IValue.from(learningRate);
                IValue beta1 = IValue.from(settings.beta1());
                IValue beta2 = IValue.from(settings.beta2());
                IValue epsilon = IValue.from(settings.epsilon());
                IValue weightDecay = IValue.from(settings.weightDecay())) {
            IValueUtils.runMethod(
                            module,
                            "adam",
                            weights,
                            gradientList,
                            firstMoments,
                            secondMoments,
                            stepValue,
                            learningRateValue,
                            beta1,
                            beta2,
                            epsilon,
                            weightDecay)
                    .close();
        }
    }

    /**
     * One update of stochastic gradient descent with momentum.
     *
     * @param weights tensors to change, none of them recorded for gradients
     * @param gradients a gradient for each
     * @param velocities decaying sums of the gradients, changed
     */
    void sgd(
            IValue weights,
            PtNDArray[] gradients,
            IValue velocities,
            double learningRate,
            OptimizerSettings.Sgd settings) {
        try (IValue gradientList = IValue.listFrom(gradients);
                IValue learningRateValue = IValue.from(learningRate);
                IValue momentum = IValue.from(settings.momentum())) {
            IValueUtils.runMethod(module, "sgd", weights, gradientList, velocities, learningRateValue, momentum)
                    .close();
        }
    }

    /** DJL chooses the method of a module by the name of an otherwise unused tensor among the inputs. */
    private static NDArray methodMarker(NDManager manager, String method) {
        NDArray marker = manager.create(0f);
        marker.setName("module_method:" + method);
        return marker;
    }

    private NDArray call(NDArray method, NDArray... operands) {
        NDArray[] inputs = Arrays.copyOf(operands, operands.length + 1);
        inputs[operands.length] = method;
        return IValueUtils.forward(module, new NDList(inputs), true).singletonOrThrow();
    }
}
