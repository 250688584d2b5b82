package dev.vaelab.cli.progress;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;

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
        out.println(String.format(
                Locale.ROOT,
                "epoch %d/%d  train %.2f (reconstruction %.2f + kl %.2f)  validation %.2f (%.2f + %.2f)  %.0f images/s%s",
                metrics.epoch(),
                epochs,
                metrics.training().total(),
                metrics.training().reconstruction(),
                metrics.training().kl(),
                metrics.validation().total(),
                metrics.validation().reconstruction(),
                metrics.validation().kl(),
                metrics.imagesPerSecond(),
                metrics.best() ? "  best so far" : ""));
    }
}
