package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;

/** What a training step does after its forward pass, on lists of tensors that stay in the engine. */
final class TorchUpdates {
    private final TorchScriptModule module;

    TorchUpdates(TorchScriptModule module) {
        this.module = module;
    }

    /**
     * The gradients of a loss as values: nothing accumulates and nothing needs to be set to zero.
     *
     * @param loss a scalar that was computed from all the weights while recording; its graph is used up
     * @param weights what to differentiate by
     * @return one gradient for each weight, of its shape and in row-major order, on which the fused Adam relies without
     *     looking; the caller closes the list
     */
    IValue gradients(NDArray loss, IValue weights) {
        try (IValue lossValue = IValue.from((PtNDArray) loss)) {
            return module.run("gradients", lossValue, weights);
        }
    }

    /** The Euclidean length of all the tensors together, accumulated in float64. */
    double length(IValue tensors) {
        try (IValue length = module.run("length", tensors)) {
            return length.toDouble();
        }
    }

    /** Multiplies every entry of the tensors, in place. */
    void scale(IValue tensors, double factor) {
        try (IValue factorValue = IValue.from(factor)) {
            module.run("scale", tensors, factorValue).close();
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
            IValue gradients,
            IValue firstMoments,
            IValue secondMoments,
            long step,
            double learningRate,
            OptimizerSettings.Adam settings) {
        try (IValue stepValue = IValue.from((double) step);
                IValue learningRateValue = IValue.from(learningRate);
                IValue beta1 = IValue.from(settings.beta1());
                IValue beta2 = IValue.from(settings.beta2());
                IValue epsilon = IValue.from(settings.epsilon());
                IValue weightDecay = IValue.from(settings.weightDecay())) {
            module.run(
                            "adam",
                            weights,
                            gradients,
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
    void sgd(IValue weights, IValue gradients, IValue velocities, double learningRate, OptimizerSettings.Sgd settings) {
        try (IValue learningRateValue = IValue.from(learningRate);
                IValue momentum = IValue.from(settings.momentum())) {
            module.run("sgd", weights, gradients, velocities, learningRateValue, momentum)
                    .close();
        }
    }
}
