package dev.vaelab.report.mlflow;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;

/**
 * Where a run is recorded, in {@code mlflow.json} of its folder, so that a resume goes on with the same record.
 *
 * @param named the store as the experiment names it
 * @param location where that was: a folder independent of the working folder, or the address of a server
 * @param experiment id of the experiment there
 * @param run id of the run there
 */
record MlflowRecord(String named, String location, String experiment, String run) {
    /** The run as the store knows it. */
    MlflowRun known() {
        return new MlflowRun(experiment, run);
    }

    /** Writes it into the folder of the run. */
    void write(RunFolder folder) {
        RunFolder.writeText(folder.mlflow(), JsonText.page(this));
    }

    /** Reads what {@link #write} has written. */
    static MlflowRecord read(RunFolder folder) {
        return JsonText.readFile(folder.mlflow(), MlflowRecord.class);
    }
}
