package dev.vaelab.cli.progress;

import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.TrainingListener;
import dev.vaelab.training.TrainingProgress;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a training ends because its time is over, and how it goes on with more. */
public final class TimeLimitLine implements TrainingListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(TimeLimitLine.class);

    private final PrintStream out;
    private final TrainingConfig training;
    private final RunFolder run;

    /** The line of a run. */
    public TimeLimitLine(PrintStream out, TrainingConfig training, RunFolder run) {
        this.out = out;
        this.training = training;
        this.run = run;
    }

    @Override
    public void timeIsOver(TrainingProgress progress) {
        String place = progress.batches() == 0
                ? "after epoch " + (progress.epoch() - 1)
                : "after " + progress.batches() + (progress.batches() == 1 ? " step" : " steps") + " of epoch "
                        + progress.epoch();
        String line = "the time of " + training.maxTime() + " (training.maxTime) is over " + place
                + ": the run ends with its best weights so far; with more time it goes on: vae train --resume "
                + run.path() + " --set training.maxTime=TIME";
        LOGGER.info("{}", line);
        out.println(VisibleText.line(line));
    }
}
