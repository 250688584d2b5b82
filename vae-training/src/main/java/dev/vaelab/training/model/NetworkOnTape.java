package dev.vaelab.training.model;

import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.Phase;
import dev.vaelab.training.tape.Tape;
import dev.vaelab.training.tape.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as one computation on a tape: the tape sees its input, its parameters and its outputs.
 *
 * @param <T> the engine's tensor
 */
final class NetworkOnTape<T> {
    private final Tape<T> tape;
    private final Network<T> network;
    private final List<Variable<T>> parameters;

    NetworkOnTape(Tape<T> tape, Network<T> network) {
        this.tape = tape;
        this.network = network;
        parameters = network.parameters().stream().map(tape::track).toList();
    }

    /** The parameters, to be differentiated by. */
    List<Variable<T>> parameters() {
        return parameters;
    }

    /** Runs the network in training. */
    List<Variable<T>> forward(Variable<T> input) {
        Network.Pass<T> pass = network.forward(input.value(), Phase.TRAINING);
        List<Variable<T>> inputs = new ArrayList<>(List.of(input));
        inputs.addAll(parameters);
        return tape.record(inputs, pass.outputs(), (gradients, needed) -> {
            Network.Derivatives<T> derivatives = pass.backward(gradients, needed.test(input));
            List<T> byInputs = new ArrayList<>();
            byInputs.add(derivatives.input());
            byInputs.addAll(derivatives.parameters());
            return byInputs;
        });
    }
}
