package dev.vaelab.experiment.run;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.ProcessMemory;
import dev.vaelab.training.TrainingListener;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** Keeps {@code provenance.json}: written when the run begins, and after each epoch with the memory it has taken. */
public final class ProvenanceFile implements TrainingListener {
    private final RunFolder run;
    private Provenance provenance;

    /** Writes the file for the first time. */
    public ProvenanceFile(RunFolder run, Provenance provenance) {
        this.run = run;
        update(provenance);
    }

    @Override
    public void stepDone(Figures figures, int images) {
        if (provenance.secondsToFirstStep() == null) {
            // Kept in memory until the end of the epoch: writing a file is not a step's business.
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            provenance = provenance.with((System.currentTimeMillis() - started) / 1000.0, provenance.memory());
        }
    }

    @Override
    public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
        Long now = boxed(metrics.residentBytes());
        Long second = metrics.epoch() == 2 ? now : provenance.memory().afterSecondEpoch();
        update(provenance.with(
                provenance.secondsToFirstStep(),
                new MemoryRecord(second, now, boxed(ProcessMemory.peakResidentBytes()))));
    }

    private void update(Provenance newProvenance) {
        provenance = newProvenance;
        RunFolder.writeText(run.provenance(), JsonText.page(provenance));
    }

    private static Long boxed(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() : null;
    }
}
