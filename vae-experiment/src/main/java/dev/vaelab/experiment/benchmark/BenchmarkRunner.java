package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.OperationCount;
import dev.vaelab.api.text.DurationText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.ChildLimits;
import dev.vaelab.experiment.process.ChildProgram;
import dev.vaelab.experiment.process.Conversation;
import dev.vaelab.experiment.run.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets contestants take turns. Each has a Java machine of its own, which stays until the last turn; between its turns it does
 * nothing, so that only one of them computes at any time.
 */
public final class BenchmarkRunner {
    private final Path config;
    private final Duration duration;
    private final Path folder;
    private final ChildLimits limits;
    private final Consumer<String> progress;

    /**
     * Prepares the runs of an experiment.
     *
     * @param config its file
     * @param duration for how long each thing is measured in each turn
     * @param folder where messages go
     * @param limits when a contestant is given up
     * @param progress told what happens, line by line
     */
    public BenchmarkRunner(Path config, Duration duration, Path folder, ChildLimits limits, Consumer<String> progress) {
        this.config = config;
        this.duration = duration;
        this.folder = folder;
        this.limits = limits;
        this.progress = progress;
    }

    /**
     * Warms all contestants up, one after the other, and then measures; what goes wrong in one is its own result.
     *
     * @param experiment what the file holds
     * @param operations what its model takes for an image
     * @param contestants engines with numbers of threads, in the order of their turns
     * @param turns how many turns each has
     */
    public Benchmark run(
            ExperimentConfig experiment, OperationCount operations, List<Contestant> contestants, int turns) {
        return Benchmark.of(experiment, operations, turns, duration, outcomes(contestants, turns));
    }

    private List<Outcome> outcomes(List<Contestant> contestants, int turns) {
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (Contestant contestant : contestants) {
                Measurement measurement = new Measurement(contestant, start(contestant));
                measurements.add(measurement);
                progress.accept(contestant + ": warming up");
                measurement.warmUp();
            }
            for (int turn = 1; turn <= turns; turn++) {
                for (Measurement measurement : measurements) {
                    measurement.takeTurn(turn, turns);
                }
            }
        } finally {
            measurements.forEach(Measurement::close);
        }
        return measurements.stream().map(Measurement::outcome).toList();
    }

    private Conversation start(Contestant contestant) {
        return new ChildProgram(
                        contestant.fileName(),
                        List.of(
                                "measure",
                                config.toString(),
                                "--backend",
                                contestant.backend(),
                                "--duration",
                                DurationText.of(duration)),
                        contestant.environment(),
                        folder,
                        limits,
                        line -> progress.accept(contestant + ": " + line))
                .converse();
    }

    /** The turns of one contestant. */
    private final class Measurement {
        private final Contestant contestant;
        private final Conversation conversation;
        private final List<Turn> turns = new ArrayList<>();
        private Provenance provenance;
        private String failure;

        Measurement(Contestant contestant, Conversation conversation) {
            this.contestant = contestant;
            this.conversation = conversation;
        }

        void warmUp() {
            ask(MeasurementQuestion.PROVENANCE, Provenance.class).ifPresent(answer -> provenance = answer);
            ask(MeasurementQuestion.TURN, Turn.class);
        }

        void takeTurn(int number, int of) {
            ask(MeasurementQuestion.TURN, Turn.class).ifPresent(turn -> {
                turns.add(turn);
                progress.accept(String.format(
                        Locale.ROOT,
                        "turn %d/%d: %s: training %.0f, evaluation %.0f images/s",
                        number,
                        of,
                        contestant,
                        turn.training().speed(),
                        turn.evaluation().speed()));
            });
        }

        private <A> Optional<A> ask(MeasurementQuestion question, Class<A> type) {
            if (failure != null) {
                return Optional.empty();
            }
            Optional<String> answer = conversation.ask(question.name());
            if (answer.isEmpty()) {
                failure = conversation.result().failure();
                progress.accept(contestant + ": failed: " + failure);
            }
            return answer.map(text -> JsonText.read(text, type));
        }

        Outcome outcome() {
            return new Outcome(contestant, provenance, turns, failure);
        }

        void close() {
            conversation.close();
        }
    }
}
