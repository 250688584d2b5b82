package dev.vaelab.report.page;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;

/**
 * Keeps {@code report.html} of a run up to date: after each epoch, and once more when the run is done.
 *
 * <p>Reads everything from the run folder, so it has to be told of an epoch after those who write there.
 */
public final class RunReportFile implements TrainingListener {
    private final RunFolder run;
    private final Extras extras;

    /** The report of a run. */
    public RunReportFile(RunFolder run, Extras extras) {
        this.run = run;
        this.extras = extras;
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        write();
    }

    @Override
    public void bestTested(VaeModel<?> best) {
        write();
    }

    /** Writes the page of the run as it is now; returns whether it is written. */
    public boolean write() {
        return extras.attempt(
                "report",
                () -> RunFolder.writeText(run.report(), RunReport.read(run).page()));
    }
}
