package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;

/** Keeps {@code metrics.jsonl} up to date: one object per epoch, the whole file written anew each time. */
public final class MetricsFile implements TrainingListener {
    private static final String EXPECTED = "one JSON object per epoch";

    private final RunFolder run;
    private final List<EpochMetrics> epochs = new ArrayList<>();

    /**
     * Metrics of a run.
     *
     * @param earlier epochs of the run that are done already, none at its beginning
     */
    public MetricsFile(RunFolder run, List<EpochMetrics> earlier) {
        this.run = run;
        this.epochs.addAll(earlier);
    }

    /**
     * Reads the epochs of a run.
     *
     * @throws InvalidInputException if the file cannot be read or is not what this class writes
     */
    public static List<EpochMetrics> read(RunFolder run) {
        List<EpochMetrics> epochs = new ArrayList<>();
        List<String> lines = JsonText.readText(run.metrics(), EXPECTED).lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String place = run.metrics() + ", line " + (index + 1);
            EpochMetrics metrics = read(lines.get(index), place);
            requirePlausible(metrics, place);
            if (index > 0) {
                requireNext(epochs.get(index - 1), metrics, place);
            }
            epochs.add(metrics);
        }
        return epochs;
    }

    private static EpochMetrics read(String line, String place) {
        try {
            EpochMetrics metrics = JsonText.readRecord(line, EpochMetrics.class);
            Map<?, ?> training = (Map<?, ?>) JsonText.read(line, Map.class).get("training");
            // What wrote no loss knew the ELBO only, and the beta of the epoch makes it what was minimized.
            return training.containsKey("loss") ? metrics : metrics.withElbo();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of(place, e.getMessage(), EXPECTED));
        }
    }

    private static void requirePlausible(EpochMetrics metrics, String place) {
        if (metrics.epoch() < 1) {
            throw new InvalidInputException(
                    Problem.of(place + ": epoch", Integer.toString(metrics.epoch()), "a whole number of at least 1"));
        }
        if ((metrics.validation() == null) != (metrics.validationLoss() == null)) {
            String missing = metrics.validation() == null ? "validation" : "validationLoss";
            throw new InvalidInputException(
                    Problem.of(place + ": " + missing, "nothing", "both of validation and validationLoss, or neither"));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        metrics.training().asMap().forEach((name, value) -> figures.put("training." + name, value));
        if (metrics.validation() != null) {
            metrics.validation().asMap().forEach((name, value) -> figures.put("validation." + name, value));
        }
        if (metrics.validationLoss() != null) {
            figures.put("validationLoss", metrics.validationLoss());
        }
        figures.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new InvalidInputException(Problem.of(place + ": " + name, value.toString(), "a finite number"));
            }
        });
    }

    /** The first one need not be epoch 1: a run whose file was lost goes on without what it said. */
    private static void requireNext(EpochMetrics before, EpochMetrics metrics, String place) {
        if (metrics.epoch() != before.epoch() + 1) {
            throw new InvalidInputException(Problem.of(
                    place + ": epoch",
                    metrics.epoch() + " after epoch " + before.epoch(),
                    "epoch " + (before.epoch() + 1) + ": each epoch once and in order"));
        }
    }

    /** Training throughput, median of epochs, in images per second; null if there is none. */
    public static Double medianImagesPerSecond(List<EpochMetrics> epochs) {
        double[] speeds =
                epochs.stream().mapToDouble(EpochMetrics::imagesPerSecond).toArray();
        return speeds.length == 0 ? null : Median.withDefaults().evaluate(speeds);
    }

    /** The epochs so far. */
    public List<EpochMetrics> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        epochs.add(metrics);
        StringBuilder text = new StringBuilder();
        epochs.forEach(epoch -> text.append(JsonText.line(epoch)).append('\n'));
        RunFolder.writeText(run.metrics(), text.toString());
    }
}
