package dev.vaelab.training;

import dev.vaelab.api.experiment.EarlyStoppingConfig;

/**
 * How long a training has gone on without improvement (L. Prechelt, <em>Early stopping: but when?</em>, 1998).
 *
 * @param loss the validation loss that the next epochs have to improve on, in nats per image; infinite before the first
 * @param epochs how many have not improved on it
 */
public record Patience(double loss, int epochs) {
    /** Before the first epoch. */
    public static final Patience START = new Patience(Double.POSITIVE_INFINITY, 0);

    /**
     * After one more epoch.
     *
     * @param validationLoss of that epoch
     * @param minDelta by how much it must be lower to count as improvement
     */
    Patience after(double validationLoss, double minDelta) {
        return validationLoss < loss - minDelta ? new Patience(validationLoss, 0) : new Patience(loss, epochs + 1);
    }

    /** Whether it is at its end; never if there is no early stopping. */
    boolean exhausted(EarlyStoppingConfig config) {
        return config != null && epochs >= config.patience();
    }
}
