package dev.vaelab.experiment.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.Ranking;
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
 * @param objective what the figure by which it is ranked measures, in words; only figures of one objective are ranked
 * @param status how far it is
 * @param best whether it is finished and has the lowest figure of its objective so far
 * @param failure what went wrong; null unless it failed
 * @param result figures of its best epoch on the test images; null unless it is finished
 * @param score the figure by which it is ranked if that is not the validation loss; null unless it is finished
 * @param rungs how far it has come in a sweep that stops bad runs; null in others, and before it has begun
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
        @JsonInclude(JsonInclude.Include.NON_NULL) Double score,
        @JsonInclude(JsonInclude.Include.NON_NULL) RungProgress rungs,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double imagesPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer threads,
        @JsonInclude(JsonInclude.Include.NON_NULL) String images,
        ExperimentConfig config) {
    /** How far a run is. */
    public enum Status {
        /** Still to do, wholly or in part. */
        @JsonProperty("unfinished")
        UNFINISHED,
        /** Stopped at a rung with a checkpoint, since others are better; it goes on if it turns out to be among the best. */
        @JsonProperty("stopped")
        STOPPED,
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

    /** A run of a sweep by the loss that trains every run whole, whose images are not known yet. */
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
        this(
                name,
                settings,
                objective,
                status,
                best,
                failure,
                result,
                null,
                null,
                imagesPerSecond,
                threads,
                null,
                config);
    }

    /** A run that has not begun. */
    static SweepRun planned(String name, Map<String, Object> settings, ExperimentConfig config, Ranking ranking) {
        return new SweepRun(
                name,
                settings,
                Objective.of(config, ranking),
                Status.UNFINISHED,
                false,
                null,
                null,
                null,
                null,
                config);
    }

    /** The run after it has ended, or has come to the rung that it was let train to. */
    SweepRun ended(RunOutcome outcome, Judge judge) {
        String failed = outcome.failure();
        RungProgress progress = rungs;
        if (judge.rungs().isPresent()) {
            // Somebody may have trained it to its end by hand.
            progress = rungs == null ? RungProgress.begin(judge.rungs().get().last()) : rungs;
            try {
                progress = judge.progress(progress, outcome);
            } catch (IllegalStateException e) {
                failed = failed == null ? e.getMessage() : failed;
            }
        }
        RunResult itsResult = failed == null ? outcome.result() : null;
        return new SweepRun(
                name,
                settings,
                objective,
                failed != null ? Status.FAILED : itsResult == null ? Status.STOPPED : Status.FINISHED,
                false,
                failed,
                itsResult,
                itsResult == null || judge.metric() == Ranking.Metric.LOSS ? null : judge.score(outcome),
                progress,
                outcome.imagesPerSecond(),
                outcome.provenance() == null
                        ? null
                        : outcome.provenance().engine().threads(),
                outcome.provenance() == null
                        ? null
                        : DataIdentity.of(outcome.provenance().dataChecksums()),
                config);
    }

    /** The run as if it had not ended; what was decided of it stays decided. */
    SweepRun again() {
        return unfinished(objective, rungs, null, config);
    }

    /** The run, to be trained up to an epoch. */
    SweepRun to(int epoch) {
        return unfinished(objective, rungs == null ? RungProgress.begin(epoch) : rungs.to(epoch), images, config);
    }

    private SweepRun unfinished(
            String itsObjective, RungProgress progress, String itsImages, ExperimentConfig itsConfig) {
        return new SweepRun(
                name,
                settings,
                itsObjective,
                Status.UNFINISHED,
                false,
                null,
                null,
                null,
                progress,
                null,
                null,
                itsImages,
                itsConfig);
    }

    /** The run, which has not begun or is to go on, with an experiment that says the same in other words. */
    public SweepRun with(ExperimentConfig sameExperiment, Ranking ranking) {
        return new SweepRun(
                name,
                settings,
                Objective.of(sameExperiment, ranking),
                status,
                best,
                failure,
                result,
                score,
                rungs,
                imagesPerSecond,
                threads,
                images,
                sameExperiment);
    }

    /** The run as the best of its objective, or not. */
    SweepRun marked(boolean isBest) {
        return new SweepRun(
                name,
                settings,
                objective,
                status,
                isBest,
                failure,
                result,
                score,
                rungs,
                imagesPerSecond,
                threads,
                images,
                config);
    }

    /** What it is ranked by on which images, wherever they are: the images must be known. */
    String rankingOfImages(Ranking ranking) {
        return Objective.withoutPath(config, ranking) + ", images " + images;
    }

    /** The figure by which it is ranked; null unless it is finished and has validation images. */
    public Double rankedFigure() {
        return score != null || result == null ? score : result.bestValidationLoss();
    }

    /** The rung that it has come to; 0 before the first, and in sweeps without. */
    public int rung() {
        return rungs == null ? 0 : rungs.rung();
    }

    /** Epochs that it was trained to their end, as far as that is known. */
    public int epochs() {
        return result != null ? result.epochs() : rungs == null ? 0 : rungs.epochs();
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
