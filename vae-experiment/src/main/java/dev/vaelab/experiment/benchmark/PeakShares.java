package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.model.OperationCount;

/**
 * How near an engine comes to the most that the processor does: median images per second times operations per image, by the
 * peak.
 *
 * @param peak operations in a second: the fastest product of matrices of the same run, of whatever engine, with as many
 *     threads
 * @param training share of it
 * @param evaluation share of it
 * @param encoding share of it
 * @param decoding share of it
 */
public record PeakShares(double peak, double training, double evaluation, double encoding, double decoding) {
    /** The shares of speeds. */
    static PeakShares of(double peak, Speeds speeds, OperationCount operations) {
        return new PeakShares(
                peak,
                speeds.training().median() * operations.training() / peak,
                speeds.evaluation().median() * operations.evaluation() / peak,
                speeds.encoding().median() * operations.encoder() / peak,
                speeds.decoding().median() * operations.decoder() / peak);
    }
}
