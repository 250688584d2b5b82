package dev.vaelab.report.page;

import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.Provenance.Beginning;
import dev.vaelab.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process trained of a run.
 *
 * @param from where it began
 * @param to where the next one began, or what comes after the last epoch that is done
 */
record TrainedStretch(Beginning from, Beginning to) {
    /** Those of all processes of a run, the first one first. */
    static List<TrainedStretch> of(Provenance provenance, List<EpochMetrics> epochs) {
        List<Provenance> legs = provenance.legs();
        List<TrainedStretch> stretches = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            stretches.add(new TrainedStretch(
                    legs.get(leg).from(),
                    leg + 1 < legs.size() ? legs.get(leg + 1).from() : end(epochs)));
        }
        return stretches;
    }

    private static Beginning end(List<EpochMetrics> epochs) {
        return new Beginning(epochs.stream().mapToInt(EpochMetrics::epoch).max().orElse(0) + 1, 0);
    }

    /** For example {@code epochs 1 to 3 and 20 batches of epoch 4}. */
    String inWords() {
        if (to.epoch() < from.epoch() || to.epoch() == from.epoch() && to.batches() <= from.batches()) {
            return from.batches() == 0 ? "no epoch yet" : "no more of epoch " + from.epoch() + " yet";
        }
        List<String> parts = new ArrayList<>();
        if (to.epoch() == from.epoch()) {
            parts.add(batches(to.batches() - from.batches()));
        } else {
            int whole = from.epoch();
            if (from.batches() > 0) {
                parts.add("the rest of epoch " + whole);
                whole++;
            }
            if (whole < to.epoch()) {
                int last = to.epoch() - 1;
                parts.add(whole == last ? "epoch " + whole : "epochs " + whole + " to " + last);
            }
            if (to.batches() > 0) {
                parts.add(batches(to.batches()));
            }
        }
        String last = parts.remove(parts.size() - 1);
        return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
    }

    private String batches(int count) {
        return count + (count == 1 ? " batch" : " batches") + " of epoch " + to.epoch();
    }
}
