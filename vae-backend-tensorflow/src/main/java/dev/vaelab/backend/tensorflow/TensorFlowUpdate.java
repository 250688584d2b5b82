package dev.vaelab.backend.tensorflow;

import static dev.vaelab.api.backend.OptimizerSettings.Adam.FIRST_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Adam.SECOND_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Sgd.VELOCITY;
import static dev.vaelab.backend.tensorflow.GraphTensor.constant;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.tensor.OperationScope;
import java.util.List;
import java.util.Map;

/** The step of an optimizer as one program, which changes variables in place. */
final class TensorFlowUpdate implements ParameterUpdate<GraphTensor> {
    private final Workspace workspace;
    private final OptimizerSettings settings;

    TensorFlowUpdate(Workspace workspace, OptimizerSettings settings) {
        this.workspace = workspace;
        this.settings = settings;
    }

    /** What a step does to one parameter, whose place in the slots is {@code index}. */
    @FunctionalInterface
    private interface Rule {
        void apply(GraphTensor parameter, GraphTensor gradient, int index);
    }

    @Override
    public void apply(
            List<GraphTensor> parameters,
            List<GraphTensor> gradients,
            Map<String, List<GraphTensor>> slots,
            long step,
            double learningRate) {
        try (OperationScope scope = workspace.openScope()) {
            Rule rule =
                    settings.match(adam -> adam(adam, slots, step, learningRate), sgd -> sgd(sgd, slots, learningRate));
            for (int index = 0; index < parameters.size(); index++) {
                rule.apply(parameters.get(index), gradients.get(index), index);
            }
        }
    }

    /**
     * TensorFlow's Adam with moments that are there already, since it would compute them with 1 - beta in float32. It has no
     * correction left where the powers of its betas are 0: with epsilon outside of the corrected root that is another rate and another
     * epsilon.
     */
    private Rule adam(
            OptimizerSettings.Adam adam, Map<String, List<GraphTensor>> slots, long step, double learningRate) {
        double root = Math.sqrt(1 - Math.pow(adam.beta2(), step));
        GraphTensor rate = input(learningRate * root / (1 - Math.pow(adam.beta1(), step)));
        GraphTensor epsilon = input(adam.epsilon() * root);
        GraphTensor decay = input(learningRate * adam.weightDecay());
        GraphTensor zero = constant(0f);
        GraphTensor one = constant(1f);
        return (parameter, gradient, index) -> {
            GraphTensor weights = Workspace.handle(parameter);
            if (adam.weightDecay() != 0) {
                workspace.change("AssignSubVariableOp", weights, parameter.times(decay));
            }
            GraphTensor first = moved(slots.get(FIRST_MOMENT).get(index), gradient, adam.beta1());
            GraphTensor second = moved(slots.get(SECOND_MOMENT).get(index), gradient.times(gradient), adam.beta2());
            workspace.change(
                    "ResourceApplyAdam", weights, first, second, zero, zero, rate, one, one, epsilon, gradient);
        };
    }

    private GraphTensor moved(GraphTensor average, GraphTensor value, double kept) {
        GraphTensor handle = Workspace.handle(average);
        workspace.change("AssignAddVariableOp", handle, value.minus(average).times(1 - kept));
        return handle;
    }

    private Rule sgd(OptimizerSettings.Sgd sgd, Map<String, List<GraphTensor>> slots, double learningRate) {
        GraphTensor rate = input(learningRate);
        GraphTensor momentum = constant((float) sgd.momentum());
        return (parameter, gradient, index) -> {
            GraphTensor velocity = Workspace.handle(slots.get(VELOCITY).get(index));
            workspace.change("ResourceApplyMomentum", Workspace.handle(parameter), velocity, rate, gradient, momentum);
        };
    }

    private GraphTensor input(double number) {
        return workspace.keep(GraphTensor.upload(new float[] {(float) number}));
    }
}
