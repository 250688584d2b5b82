package dev.vaelab.training;

import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import java.util.Optional;

/**
 * A training at one moment.
 *
 * @param weights every tensor of the model
 * @param optimizer what the optimizer remembers
 * @param average the moving average of every tensor, if the model keeps one
 * @param progress how far the training has come
 */
public record Checkpoint(
        NamedTensors weights, OptimizerState optimizer, Optional<NamedTensors> average, TrainingProgress progress) {
    /** The state of a model that has come so far. */
    static Checkpoint of(VaeModel<?> model, TrainingProgress progress) {
        return new Checkpoint(model.weights(), model.optimizerState(), model.averagedWeights(), progress);
    }

    /** Gives this state to a model. */
    public void restore(VaeModel<?> model) {
        model.loadWeights(weights);
        model.loadOptimizerState(optimizer);
        average.ifPresent(model::loadAveragedWeights);
    }

    /** The weights that the model is evaluated with: the average, if there is one. */
    NamedTensors evaluated() {
        return average.orElse(weights);
    }

    /** The same state of a training that has come to another place. */
    Checkpoint at(TrainingProgress place) {
        return new Checkpoint(weights, optimizer, average, place);
    }
}
