package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.FigureStamp.Metric;
import dev.vaelab.api.experiment.PublishedFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A published figure beside those of the runs of a comparison that are of the same.
 *
 * @param figure as the experiment has it
 * @param place where it is printed, in words
 * @param stamp what it and all figures of the runs are of, in words
 * @param unit of all of them
 * @param measured the figures of runs; runs that have none of this stamp are left out
 * @param missing why there is none, if there is none
 */
public record PublishedComparison(
        PublishedFigure figure,
        String place,
        String stamp,
        String unit,
        List<Measured> measured,
        @JsonInclude(JsonInclude.Include.NON_NULL) String missing) {
    /**
     * The figure of a run.
     *
     * @param backend the engine's name
     * @param seed of its random numbers
     * @param value nats per image, or a number of units
     */
    public record Measured(String backend, long seed, double value) {}

    /** Copies the list. */
    public PublishedComparison {
        measured = List.copyOf(measured);
    }

    /** One for each published figure of the experiment; the figures of the runs are read from their folders. */
    public static List<PublishedComparison> of(Comparison comparison) {
        ExperimentConfig config = comparison.config();
        return config.published().stream()
                .map(figure -> of(figure, config, comparison.runs()))
                .toList();
    }

    private static PublishedComparison of(PublishedFigure figure, ExperimentConfig config, List<ComparedRun> runs) {
        List<Measured> measured = new ArrayList<>();
        List<String> unlike = new ArrayList<>();
        for (ComparedRun run : runs) {
            if (run.succeeded()) {
                for (MeasuredFigure ours : MeasuredFigure.of(config, run)) {
                    if (figure.stamp().describes(ours.stamp())) {
                        measured.add(new Measured(run.backend(), run.seed(), ours.value()));
                    } else if (figure.metric() == ours.stamp().metric()) {
                        unlike.add(ours.stamp().label());
                    }
                }
            }
        }
        return new PublishedComparison(
                figure,
                figure.place(),
                figure.stamp().label(),
                figure.metric().unit(),
                measured,
                measured.isEmpty() ? missing(figure, unlike) : null);
    }

    private static String missing(PublishedFigure figure, List<String> unlike) {
        if (!unlike.isEmpty()) {
            return "the runs have figures of something else: "
                    + unlike.stream().distinct().collect(Collectors.joining("; "));
        }
        return figure.metric() == Metric.NEGATIVE_LOG_LIKELIHOOD
                ? "not measured: vae evaluate RUN --samples " + figure.samples() + ", then vae report on this folder"
                : "not measured";
    }

    /** The figures of an engine's runs. */
    public List<Double> of(String backend) {
        return measured.stream()
                .filter(one -> one.backend().equals(backend))
                .map(Measured::value)
                .toList();
    }
}
