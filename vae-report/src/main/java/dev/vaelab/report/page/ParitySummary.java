package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.Judgement;
import dev.vaelab.training.parity.ParityReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A parity certificate, shortened to the largest difference of each aspect at each step: tensor by tensor it would be
 * most of the page.
 *
 * @param passed whether every aspect passes
 * @param steps training steps that were compared
 * @param partsAt where the engines first part; null if they pass
 * @param aspects what was compared
 * @param farthestWeight the tensor in which two trainings with weights of their own lie farthest apart at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParitySummary(
        boolean passed, int steps, Difference partsAt, List<AspectSummary> aspects, FarthestWeight farthestWeight) {
    /**
     * One aspect over the steps.
     *
     * @param judgement what it comes to
     * @param description the aspect in words
     * @param tolerance the largest difference that passes
     * @param everyStep whether every step must pass; if not, the median over the steps must
     * @param perStep the largest difference of each step
     */
    public record AspectSummary(
            Judgement judgement, String description, double tolerance, boolean everyStep, List<Double> perStep) {}

    /**
     * A tensor of weights after the last step.
     *
     * @param tensor its name
     * @param size its largest difference, relative to the largest entry of its layer
     */
    public record FarthestWeight(String tensor, double size) {}

    /** The summary of a certificate. */
    static ParitySummary of(ParityReport report) {
        return new ParitySummary(
                report.passed(),
                report.steps(),
                report.partsAt().orElse(null),
                report.judgements().stream()
                        .map(judgement -> summary(judgement, report))
                        .toList(),
                report.weights().entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(entry -> new FarthestWeight(entry.getKey(), entry.getValue()))
                        .orElse(null));
    }

    private static AspectSummary summary(Judgement judgement, ParityReport report) {
        Aspect aspect = judgement.aspect();
        return new AspectSummary(
                judgement,
                aspect.description(),
                judgement.allowed(),
                aspect.everyStep(),
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
