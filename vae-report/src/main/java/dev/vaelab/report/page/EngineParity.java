package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.comparison.Comparison;

/**
 * The parity of two engines.
 *
 * @param first the engine that the other one is compared with
 * @param second the other one
 * @param summary of the certificate; null if there is none
 * @param failure why there is none; null if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EngineParity(String first, String second, ParitySummary summary, String failure) {
    /** The parity that a certificate shows. */
    static EngineParity of(Comparison.Certificate certificate) {
        return new EngineParity(
                certificate.first(),
                certificate.second(),
                certificate.report() == null ? null : ParitySummary.of(certificate.report()),
                certificate.failure());
    }
}
