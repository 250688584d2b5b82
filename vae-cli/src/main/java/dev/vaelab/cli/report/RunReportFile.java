package dev.vaelab.cli.report;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.training.EpochMetrics;
import dev.vaelab.api.training.TrainingListener;
import dev.vaelab.cli.run.RunFolder;
import java.io.PrintStream;

/**
 * Keeps {@code report.html} of a run up to date: after each epoch, and once more when the run is done.
 *
 * <p>Reads everything from the run folder, so it has to be told of an epoch after those who write there.
 */
public final class RunReportFile implements TrainingListener {
    private final RunFolder run;
    private final PrintStream warnings;
    private boolean failedBefore;

    /**
     * The report of a run.
     *
     * @param warnings told if the page cannot be written: once while the training goes on
     */
    public RunReportFile(RunFolder run, PrintStream warnings) {
        this.run = run;
        this.warnings = warnings;
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        if (!failedBefore) {
            failedBefore = !write();
        }
    }

    /** Writes the page of the run as it is now. */
    public boolean write() {
        return ReportFile.write(run.report(), () -> RunReport.read(run).page(), warnings);
    }
}
