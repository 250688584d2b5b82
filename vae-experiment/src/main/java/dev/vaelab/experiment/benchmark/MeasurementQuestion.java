package dev.vaelab.experiment.benchmark;

/** What a contestant is asked; each answer is a JSON object. */
public enum MeasurementQuestion {
    /** Versions, threads and settings: a {@link dev.vaelab.experiment.run.Provenance}. */
    PROVENANCE,
    /** To measure everything once: a {@link Turn}. */
    TURN
}
