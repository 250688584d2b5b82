package dev.vaelab.experiment.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.run.DataIdentity;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.run.RunResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run of a sweep.
 *
 * @param name of its folder
 * @param settings its values of the sweep's keys, in their order
 * @param objective what its validation loss measures, in words; only losses of one objective are ranked
 * @param status how far it is
 * @param best whether it has the lowest validation loss of its objective so far
 * @param failure what went wrong; null unless it failed
 * @param result figures of its best epoch on the test images; null unless it is finished
 * @param imagesPerSecond training throughput, median of its epochs; null if it has none
 * @param threads of its engine; null before it has begun
 * @param images which images it has, by their checksums; null before it has ended, and in sweeps of earlier versions
 * @param config the resolved experiment
 */
public record SweepRun(
        String name,
        Map<String, Object> settings,
        String objective,
        Status status,
        boolean best,
        @JsonInclude(JsonInclude.Include.NON_NULL) String failure,
        @JsonInclude(JsonInclude.Include.NON_NULL) RunResult result,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double imagesPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer threads,
        @JsonInclude(JsonInclude.Include.NON_NULL) String images,
        ExperimentConfig config) {
    /** How far a run is. */
    public enum Status {
        /** Still to do, wholly or in part. */
        @JsonProperty("unfinished")
        UNFINISHED,
        /** Trained and tested. */
        @JsonProperty("finished")
        FINISHED,
        /** Broken off by an error; tried again when the sweep is resumed. */
        @JsonProperty("failed")
        FAILED
    }

    /** Copies the map, in its order. */
    public SweepRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A run whose images are not known yet. */
    public SweepRun(
            String name,
            Map<String, Object> settings,
            String objective,
            Status status,
            boolean best,
            String failure,
            RunResult result,
            Double imagesPerSecond,
            Integer threads,
            ExperimentConfig config) {
        this(name, settings, objective, status, best, failure, result, imagesPerSecond, threads, null, config);
    }

    /** A run that has not begun. */
    static SweepRun planned(String name, Map<String, Object> settings, ExperimentConfig config) {
        return new SweepRun(
                name, settings, Objective.of(config), Status.UNFINISHED, false, null, null, null, null, config);
    }

    /** The run after it has ended. */
    SweepRun ended(RunOutcome outcome) {
        return new SweepRun(
                name,
                settings,
                objective,
                outcome.failure() == null ? Status.FINISHED : Status.FAILED,
                false,
                outcome.failure(),
                outcome.result(),
                outcome.imagesPerSecond(),
                outcome.provenance() == null
                        ? null
                        : outcome.provenance().engine().threads(),
                outcome.provenance() == null
                        ? null
                        : DataIdentity.of(outcome.provenance().dataChecksums()),
                config);
    }

    /** The run as if it had not ended. */
    SweepRun again() {
        return planned(name, settings, config);
    }

    /** The run, which has not begun or is to go on, with an experiment that says the same in other words. */
    public SweepRun with(ExperimentConfig sameExperiment) {
        return new SweepRun(
                name,
                settings,
                Objective.of(sameExperiment),
                status,
                best,
                failure,
                result,
                imagesPerSecond,
                threads,
                images,
                sameExperiment);
    }

    /** The run as the best of its objective, or not. */
    SweepRun marked(boolean isBest) {
        return new SweepRun(
                name, settings, objective, status, isBest, failure, result, imagesPerSecond, threads, images, config);
    }

    /** What its loss measures on which images, wherever they are: the images must be known. */
    String rankingOfImages() {
        return Objective.withoutPath(config) + ", images " + images;
    }

    /** Whether it came to its end. */
    public boolean finished() {
        return status == Status.FINISHED;
    }

    /** The text of its value of a key; nothing between the quotes if it has none. */
    public String setting(String key) {
        return settings.containsKey(key) ? SettingText.of(settings.get(key)) : "";
    }
}
