package dev.vaelab.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.parity.Aspect;
import dev.vaelab.api.parity.Difference;
import dev.vaelab.api.parity.ParityReport;
import dev.vaelab.cli.comparison.Comparison;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A parity certificate, shortened to the largest difference of each aspect at each step: tensor by tensor it would be
 * most of the page.
 *
 * @param first the engine that the other one is compared with
 * @param second the other one
 * @param failure why there is no certificate; null if there is one, and then everything below is there
 * @param passed whether every difference is within its tolerance
 * @param steps training steps that were compared
 * @param partsAt the first difference beyond its tolerance; null if there is none
 * @param aspects one for each aspect
 * @param farthestWeight the tensor whose weights lie farthest apart at the end, of two trainings with their own weights
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParitySummary(
        String first,
        String second,
        String failure,
        Boolean passed,
        Integer steps,
        Difference partsAt,
        List<AspectSummary> aspects,
        FarthestWeight farthestWeight) {
    /**
     * One aspect over the steps.
     *
     * @param aspect which one
     * @param description it in words
     * @param tolerance the largest difference that passes
     * @param largest the largest that there was
     * @param perStep the largest of each step
     */
    public record AspectSummary(
            Aspect aspect, String description, double tolerance, Difference largest, List<Double> perStep) {}

    /**
     * A tensor of weights after the last step.
     *
     * @param tensor its name
     * @param size its largest difference, relative to the largest entry of its layer
     */
    public record FarthestWeight(String tensor, double size) {}

    /** The summary of a certificate. */
    static ParitySummary of(Comparison.Certificate certificate) {
        ParityReport report = certificate.report();
        if (report == null) {
            return new ParitySummary(
                    certificate.first(), certificate.second(), certificate.failure(), null, null, null, null, null);
        }
        return new ParitySummary(
                certificate.first(),
                certificate.second(),
                null,
                report.passed(),
                report.steps(),
                report.firstIntolerable().orElse(null),
                Arrays.stream(Aspect.values())
                        .filter(report.largest()::containsKey)
                        .map(aspect -> summary(aspect, report))
                        .toList(),
                report.weights().entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(entry -> new FarthestWeight(entry.getKey(), entry.getValue()))
                        .orElse(null));
    }

    private static AspectSummary summary(Aspect aspect, ParityReport report) {
        return new AspectSummary(
                aspect,
                aspect.description(),
                aspect.tolerance(),
                report.largest().get(aspect),
                IntStream.rangeClosed(1, report.steps())
                        .mapToObj(step -> largest(report, aspect, step))
                        .toList());
    }

    /** NaN sorts above every number, so that it cannot hide. */
    private static double largest(ParityReport report, Aspect aspect, int step) {
        return report.differences().stream()
                .filter(difference -> difference.step() == step && difference.aspect() == aspect)
                .map(Difference::size)
                .max(Comparator.naturalOrder())
                .orElse(0.0);
    }
}
