package dev.vaelab.experiment.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key figures of a run. What its folder does not tell, or not yet, is null.
 *
 * @param run its folder
 * @param state what became of it
 * @param reason what is wrong with the folder if it is unreadable
 * @param name of the experiment
 * @param started when its first process began
 * @param backends the engines that trained it, in this order: more than one if it was resumed on another one
 * @param seed where the random numbers came from
 * @param dataset name of the data set
 * @param path where the data were; null for a kind that has none
 * @param likelihood of the images given the latents
 * @param measure what the test figures were measured by; figures of different measures cannot be compared
 * @param images tells data of one name from each other, by the checksums; figures of different images cannot be compared either,
 *     and those of the same images can, whatever their path
 * @param beta weight of the KL term in the validation loss
 * @param epochsDone epochs that are done
 * @param epochsAsked epochs that it is to have
 * @param bestEpoch the epoch with the lowest validation loss so far
 * @param validationLoss that loss, in nats per image
 * @param test mean terms of the best epoch's model over the test images, in nats per image
 * @param estimates of that model, each with the stamp of what it is an estimate of; their lists stand beside the other figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
        String run,
        State state,
        String reason,
        String name,
        Instant started,
        List<String> backends,
        Long seed,
        String dataset,
        String path,
        String likelihood,
        String measure,
        String images,
        Double beta,
        Integer epochsDone,
        Integer epochsAsked,
        Integer bestEpoch,
        Double validationLoss,
        Figures test,
        @JsonUnwrapped RunEstimates estimates) {
    /** What became of a run. */
    public enum State {
        /** It has its result. */
        @JsonProperty("finished")
        FINISHED,
        /** A process is at it. */
        @JsonProperty("running")
        RUNNING,
        /** No process is at it, though it has no result: stopped, failed or killed. */
        @JsonProperty("stopped")
        STOPPED,
        /** A file of its folder is missing or damaged. */
        @JsonProperty("unreadable")
        UNREADABLE
    }

    /** Reads a run folder; never throws for what is wrong in it. */
    public static RunSummary read(RunFolder run) {
        RecordedRun recorded = RecordedRun.read(run);
        Optional<ExperimentConfig> config = recorded.config();
        Optional<EpochMetrics> best =
                recorded.epochs().stream().filter(EpochMetrics::best).reduce((earlier, later) -> later);
        return new RunSummary(
                run.path().toString(),
                state(recorded),
                recorded.failure().orElse(null),
                config.map(ExperimentConfig::name).orElse(null),
                recorded.provenance()
                        .map(provenance -> provenance.legs().get(0).started())
                        .orElse(null),
                backends(recorded),
                config.map(ExperimentConfig::seed).orElse(null),
                config.map(experiment -> experiment.dataset().name()).orElse(null),
                config.map(experiment -> experiment.dataset().path()).orElse(null),
                config.map(Measures::likelihood).orElse(null),
                config.map(Measures::ofTest).orElse(null),
                recorded.provenance().map(Measures::images).orElse(null),
                config.map(experiment -> experiment.loss().beta()).orElse(null),
                recorded.epochs().size(),
                config.map(experiment -> experiment.training().epochs()).orElse(null),
                best.map(EpochMetrics::epoch).orElse(null),
                best.map(EpochMetrics::validationLoss).orElse(null),
                recorded.result().map(RunResult::test).orElse(null),
                recorded.estimates());
    }

    /** The measure, without the path of the data. */
    String measureWithoutPath() {
        String place = likelihood + " on " + dataset;
        return path == null ? measure : place + measure.substring(place.length() + 1 + path.length());
    }

    private static State state(RecordedRun recorded) {
        if (recorded.failure().isPresent()) {
            return State.UNREADABLE;
        }
        if (recorded.running()) {
            return State.RUNNING;
        }
        return recorded.result().isPresent() ? State.FINISHED : State.STOPPED;
    }

    private static List<String> backends(RecordedRun recorded) {
        return recorded.provenance()
                .map(Provenance::legs)
                .map(legs -> legs.stream().map(Provenance::backend).distinct().toList())
                .or(() -> recorded.config().map(config -> List.of(config.backend())))
                .orElse(null);
    }
}
