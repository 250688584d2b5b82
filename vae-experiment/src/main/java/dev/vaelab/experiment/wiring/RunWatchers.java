package dev.vaelab.experiment.wiring;

import dev.vaelab.training.TrainingListener;
import java.util.List;

/** Who watches a training run beside those who keep its records: pictures, pages, a progress bar. */
@FunctionalInterface
public interface RunWatchers {
    /** Those of a run, in the order in which they are told. */
    List<TrainingListener> of(RunContext run);
}
