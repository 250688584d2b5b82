package dev.vaelab.cli.progress;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One line after each epoch. */
public final class EpochLine implements TrainingListener {
    private final PrintStream out;
    private final int epochs;

    /** Lines for a training of so many epochs. */
    public EpochLine(PrintStream out, int epochs) {
        this.out = out;
        this.epochs = epochs;
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        out.println(text(metrics, Console.errorColumns()));
    }

    /** All that is known in one line, or what matters most where columns are few: the metrics file has the rest. */
    String text(EpochMetrics metrics, int columns) {
        String epoch = "epoch " + metrics.epoch() + "/" + epochs;
        String speed = format("  %.0f images/s", metrics.imagesPerSecond());
        List<String> shorterAndShorter = metrics.validation() == null
                ? trained(epoch, metrics.training(), speed)
                : validated(epoch, metrics, speed);
        return shorterAndShorter.stream()
                .filter(line -> line.length() <= columns)
                .findFirst()
                .orElse(shorterAndShorter.get(shorterAndShorter.size() - 1));
    }

    private static List<String> validated(String epoch, EpochMetrics metrics, String speed) {
        String best = metrics.best() ? "  best so far" : "";
        Figures training = metrics.training();
        Figures validation = metrics.validation();
        return List.of(
                epoch
                        + trainingTerms(training)
                        + format("  validation %.2f", headline(validation))
                        + format(" (%.2f + %.2f", validation.reconstruction(), validation.kl())
                        + added(validation)
                        + ")"
                        + speed
                        + best,
                epoch
                        + format("  train %.2f  validation %.2f", headline(training), headline(validation))
                        + speed
                        + best,
                epoch + format("  validation %.2f", headline(validation)) + best,
                epoch + format("  validation %.2f", headline(validation)) + (metrics.best() ? " *" : ""));
    }

    /** Without validation images no epoch is better than another. */
    private static List<String> trained(String epoch, Figures training, String speed) {
        String headline = format("  train %.2f", headline(training));
        return List.of(epoch + trainingTerms(training) + speed, epoch + headline + speed, epoch + headline);
    }

    private static String trainingTerms(Figures training) {
        return format("  train %.2f", headline(training))
                + format(" (reconstruction %.2f + kl %.2f", training.reconstruction(), training.kl())
                + added(training)
                + ")";
    }

    /** What training minimizes where the loss gives more than the ELBO: it decides which epoch is best. */
    private static double headline(Figures figures) {
        return figures.added().isEmpty() ? figures.total() : figures.loss();
    }

    private static String added(Figures figures) {
        return figures.added().entrySet().stream()
                .map(term -> format(", %s %.2f", term.getKey(), term.getValue()))
                .collect(Collectors.joining());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
