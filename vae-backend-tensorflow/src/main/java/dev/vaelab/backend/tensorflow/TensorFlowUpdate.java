package dev.vaelab.backend.tensorflow;

import static dev.vaelab.backend.tensorflow.GraphTensor.number;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.tensor.OperationScope;
import java.util.List;
import java.util.Map;

/** The step of an optimizer as one program, which changes variables in place. */
final class TensorFlowUpdate implements ParameterUpdate<GraphTensor> {
    private static final int[] SCALAR = {};

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
        List<GraphTensor> firsts = slots.get(OptimizerSettings.Adam.FIRST_MOMENT);
        List<GraphTensor> seconds = slots.get(OptimizerSettings.Adam.SECOND_MOMENT);
        return (parameter, gradient, index) -> {
            if (adam.weightDecay() != 0) {
                change("AssignSubVariableOp", parameter, parameter.with("Mul", decay));
            }
            GraphTensor first = firsts.get(index);
            GraphTensor second = seconds.get(index);
            moveTowards(gradient, first, adam.beta1());
            moveTowards(gradient.with("Mul", gradient), second, adam.beta2());
            change(
                    "ResourceApplyAdam",
                    parameter,
                    Workspace.handle(first),
                    Workspace.handle(second),
                    number(0),
                    number(0),
                    rate,
                    number(1),
                    number(1),
                    epsilon,
                    gradient);
        };
    }

    private void moveTowards(GraphTensor value, GraphTensor average, double kept) {
        change("AssignAddVariableOp", average, value.with("Sub", average).with("Mul", number(1 - kept)));
    }

    private Rule sgd(OptimizerSettings.Sgd sgd, Map<String, List<GraphTensor>> slots, double learningRate) {
        GraphTensor rate = input(learningRate);
        List<GraphTensor> velocities = slots.get(OptimizerSettings.Sgd.VELOCITY);
        return (parameter, gradient, index) -> change(
                "ResourceApplyMomentum",
                parameter,
                Workspace.handle(velocities.get(index)),
                rate,
                gradient,
                number(sgd.momentum()));
    }

    private void change(String operation, GraphTensor variable, GraphTensor... inputs) {
        GraphTensor[] all = new GraphTensor[inputs.length + 1];
        all[0] = Workspace.handle(variable);
        System.arraycopy(inputs, 0, all, 1, inputs.length);
        workspace.change(variable, GraphTensor.of(operation, SCALAR, all));
    }

    private GraphTensor input(double number) {
        return workspace.keep(GraphTensor.upload(new float[] {(float) number}));
    }
}
