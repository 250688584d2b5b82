package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import java.util.ArrayList;
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

    /** Adam is PyTorch's fused AdamW, which passes over each parameter once; without weight decay it is Adam. */
    @Override
    public void apply(
            List<NDArray> parameters,
            List<NDArray> gradients,
            Map<String, List<NDArray>> slots,
            long step,
            double learningRate) {
        String method = settings.match(adam -> "adam", sgd -> "sgd");
        double[] numbers = settings.match(
                adam -> new double[] {step, learningRate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay()
                },
                sgd -> new double[] {learningRate, sgd.momentum()});
        try (IValue passing = TorchScriptModule.list(gradients);
                IValue numberList = IValue.listFrom(numbers)) {
            List<IValue> operands = new ArrayList<>(List.of(numberList, passing, kept(PARAMETERS, parameters)));
            settings.slots().forEach(slot -> operands.add(kept(slot, slots.get(slot))));
            module.run(method, operands.toArray(IValue[]::new)).close();
        }
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
        NativeList made = new NativeList(variables, TorchScriptModule.list(variables));
        lists.put(name, made);
        return made.value();
    }

    /** Frees PyTorch's lists; the tensors in them belong to others. */
    @Override
    public void close() {
        lists.values().forEach(list -> list.value().close());
        lists.clear();
    }
}
