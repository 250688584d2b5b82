package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/** Keeps {@code metrics.jsonl} up to date: one object per epoch, the whole file written anew each time. */
public final class MetricsFile implements TrainingListener {
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
        try {
            List<EpochMetrics> epochs = new ArrayList<>();
            for (String line : Files.readAllLines(run.metrics())) {
                epochs.add(JsonText.read(line, EpochMetrics.class));
            }
            return epochs;
        } catch (IOException e) {
            throw unreadable(run, FileFailures.reason(e));
        } catch (IllegalArgumentException e) {
            throw unreadable(run, e.getMessage());
        }
    }

    private static InvalidInputException unreadable(RunFolder run, String found) {
        return new InvalidInputException(Problem.of(run.metrics().toString(), found, "one JSON object per epoch"));
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
