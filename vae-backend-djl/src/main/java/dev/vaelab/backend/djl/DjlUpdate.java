package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The step of an optimizer as one call of PyTorch, on lists of tensors that it keeps from step to step. */
final class DjlUpdate implements ParameterUpdate<NDArray>, AutoCloseable {
    private static final String PARAMETERS = "parameters";

    private final TorchScriptModule module;
    private final OptimizerSettings settings;
    private final Map<String, NativeList> lists = new HashMap<>();

    /** The step of an optimizer with these settings. */
    DjlUpdate(TorchScriptModule module, OptimizerSettings settings) {
        this.module = module;
        this.settings = settings;
    }

    /** Tensors, and PyTorch's list of them. */
    private record NativeList(List<NDArray> tensors, IValue value) {}

    @Override
    public void apply(
            List<NDArray> parameters,
            List<NDArray> gradients,
            Map<String, List<NDArray>> slots,
            long step,
            double learningRate) {
        IValue kept = kept(PARAMETERS, parameters);
        try (IValue passing = list(gradients)) {
            if (settings instanceof OptimizerSettings.Adam adam) {
                adam(adam, kept, passing, slots, step, learningRate);
            } else {
                sgd((OptimizerSettings.Sgd) settings, kept, passing, slots, learningRate);
            }
        }
    }

    /** PyTorch's fused AdamW, which passes over each parameter once; without weight decay it is Adam. */
    private void adam(
            OptimizerSettings.Adam adam,
            IValue parameters,
            IValue gradients,
            Map<String, List<NDArray>> slots,
            long step,
            double learningRate) {
        IValue firstMoments = kept(slots, OptimizerSettings.Adam.FIRST_MOMENT);
        IValue secondMoments = kept(slots, OptimizerSettings.Adam.SECOND_MOMENT);
        try (IValue stepValue = IValue.from((double) step);
                IValue learningRateValue = IValue.from(learningRate);
                IValue beta1 = IValue.from(adam.beta1());
                IValue beta2 = IValue.from(adam.beta2());
                IValue epsilon = IValue.from(adam.epsilon());
                IValue weightDecay = IValue.from(adam.weightDecay())) {
            module.run(
                            "adam",
                            parameters,
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

    private void sgd(
            OptimizerSettings.Sgd sgd,
            IValue parameters,
            IValue gradients,
            Map<String, List<NDArray>> slots,
            double learningRate) {
        IValue velocities = kept(slots, OptimizerSettings.Sgd.VELOCITY);
        try (IValue learningRateValue = IValue.from(learningRate);
                IValue momentum = IValue.from(sgd.momentum())) {
            module.run("sgd", parameters, gradients, velocities, learningRateValue, momentum)
                    .close();
        }
    }

    private IValue kept(Map<String, List<NDArray>> slots, String slot) {
        return kept(slot, slots.get(slot));
    }

    /** PyTorch's list of variables; made anew only if it is another list than in the step before. */
    private IValue kept(String name, List<NDArray> variables) {
        NativeList before = lists.get(name);
        if (before != null && before.tensors() == variables) {
            return before.value();
        }
        if (before != null) {
            before.value().close();
        }
        NativeList made = new NativeList(variables, list(variables));
        lists.put(name, made);
        return made.value();
    }

    private static IValue list(List<NDArray> tensors) {
        return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
    }

    /** Frees PyTorch's lists; the tensors in them belong to others. */
    @Override
    public void close() {
        lists.values().forEach(list -> list.value().close());
        lists.clear();
    }
}
