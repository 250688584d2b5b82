package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.experiment.run.MachineDescription;
import dev.vaelab.experiment.run.MemoryRecord;
import dev.vaelab.experiment.run.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Turns that nobody took. */
final class SampleTurns {
    private SampleTurns() {}

    /** A turn with these images per second; a step has 30 % forward, 50 % backward and 20 % update. */
    static Turn turn(double training, double evaluation, Double multiplication) {
        double step = 1 / training;
        return new Turn(
                pace(step),
                pace(1 / evaluation),
                pace(1 / (2 * evaluation)),
                pace(1 / (4 * evaluation)),
                pace(0.01 * step),
                new StepTimes(pace(step), pace(0.3 * step), pace(1.1 * step), pace(0.3 * step)),
                multiplication,
                (long) (training * 1e6));
    }

    static Pace pace(double secondsForEach) {
        return new Pace(100, 100 * secondsForEach);
    }

    static Outcome succeeded(String backend, int threads, Turn... turns) {
        return new Outcome(new Contestant(backend, threads), provenance(backend, threads), List.of(turns), null);
    }

    static Outcome failed(String backend, int threads, String failure, Turn... turns) {
        return new Outcome(new Contestant(backend, threads), null, List.of(turns), failure);
    }

    private static Provenance provenance(String backend, int threads) {
        return new Provenance(
                "vaelab test",
                Instant.EPOCH,
                backend,
                new EngineDescription("Engine of " + backend, "1.2", threads, Map.of()),
                "mnist",
                Map.of(),
                1,
                new MachineDescription("Abacus", 2, "Linux", "17"),
                Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
                null,
                MemoryRecord.NONE,
                null,
                null);
    }
}
