package dev.vaelab.experiment.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.json.JsonText;

/**
 * What a finished run ends with.
 *
 * @param name of the experiment
 * @param backend the engine's name
 * @param seed where the random numbers came from
 * @param epochs epochs trained to their end
 * @param bestEpoch the epoch with the lowest validation loss, whose weights were tested; the last one if there are no validation
 *     images
 * @param bestValidationLoss that loss, in nats per image; null if there are no validation images
 * @param measure what the figures were measured under
 * @param test mean terms over the test images, in nats per image
 */
public record RunResult(
        String name,
        String backend,
        long seed,
        int epochs,
        int bestEpoch,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double bestValidationLoss,
        @JsonInclude(JsonInclude.Include.NON_NULL) Measure measure,
        Figures test) {
    /**
     * Reads the result of a run that has one.
     *
     * @throws dev.vaelab.api.InvalidInputException if it cannot be read, or cannot be a result
     */
    public static RunResult read(RunFolder run) {
        RunResult result = JsonText.readFile(run.result(), RunResult.class);
        String place = run.result().toString();
        result.requirePlausible(place);
        return result;
    }

    /**
     * Checks what a file says.
     *
     * @param place the file, for messages
     * @throws InvalidInputException if no run can end like this
     */
    public void requirePlausible(String place) {
        if (epochs < 1 || bestEpoch < 1 || bestEpoch > epochs) {
            throw new InvalidInputException(Problem.of(
                    place, "epoch " + bestEpoch + " of " + epochs + " as the best", "one of the epochs of the run"));
        }
        if (bestValidationLoss == null && bestEpoch != epochs) {
            throw new InvalidInputException(Problem.of(
                    place,
                    "epoch " + bestEpoch + " of " + epochs + " as the best, without a validation loss",
                    "the last epoch where nothing is validated, or a validation loss"));
        }
        if (bestValidationLoss != null && !Double.isFinite(bestValidationLoss) || !test.finite()) {
            throw new InvalidInputException(
                    Problem.of(place, "validation loss " + bestValidationLoss + ", " + test.text(), "finite figures"));
        }
    }
}
