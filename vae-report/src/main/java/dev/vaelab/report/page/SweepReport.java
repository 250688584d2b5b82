package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.file.Stopping;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.sweep.Rungs;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import java.util.List;

/**
 * What the page of a sweep shows.
 *
 * @param name what people call it
 * @param keys the keys that differ between the runs
 * @param config the experiment of the first run, whose other keys are those of all
 * @param metric the figure of the validation images by which the runs are ranked
 * @param stopping how bad runs were stopped; null if every run is trained whole
 * @param rungs epochs after which runs were compared, the last one the end; null if every run is trained whole
 * @param epochs how much was trained; null if every run is trained whole
 * @param groups the runs by what their figures measure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepReport(
        String name,
        List<String> keys,
        ExperimentConfig config,
        Ranking.Metric metric,
        Stopping.Rule stopping,
        List<Integer> rungs,
        Sweep.Epochs epochs,
        List<Group> groups) {
    /** More curves than these cannot be told apart. */
    private static final int MOST_CURVES = 24;

    /**
     * Runs whose losses can be ranked.
     *
     * @param objective what the losses measure
     * @param runs the best first, those that are not finished last
     * @param curves of the best runs that are finished or were stopped, the best first
     * @param pictures of the best run
     */
    public record Group(String objective, List<SweepRun> runs, List<RunCurves> curves, List<Picture> pictures) {
        private static Group of(String objective, List<SweepRun> runs, SweepFolder folder) {
            List<SweepRun> finished = runs.stream().filter(SweepRun::finished).toList();
            return new Group(
                    objective,
                    runs,
                    runs.stream()
                            .filter(run -> run.finished() || run.status() == SweepRun.Status.STOPPED)
                            .limit(MOST_CURVES)
                            .map(run -> RunCurves.of(
                                    run.name(),
                                    RunOutcome.readPaused(folder.folderOf(run)).epochs(),
                                    folder.folderOf(run)))
                            .toList(),
                    finished.stream()
                            .findFirst()
                            .map(run -> Picture.of(folder.folderOf(run)))
                            .orElse(List.of()));
        }
    }

    /** The report of a sweep whose run folders are where it says. */
    public static SweepReport of(Sweep sweep, SweepFolder folder) {
        return new SweepReport(
                sweep.name(),
                sweep.keys(),
                sweep.runs().get(0).config(),
                sweep.by().metric(),
                sweep.stopping() == null ? null : sweep.stopping().name(),
                sweep.rungs().map(Rungs::epochs).orElse(null),
                sweep.stopping() == null ? null : sweep.epochs(),
                sweep.byObjective().entrySet().stream()
                        .map(group -> Group.of(group.getKey(), group.getValue(), folder))
                        .toList());
    }

    /** The page. */
    public String page() {
        return Page.of("sweep", this);
    }

    /** Writes the page of a sweep. */
    public static void write(Sweep sweep, SweepFolder folder, Extras extras) {
        extras.attempt(
                "report",
                () -> RunFolder.writeText(folder.report(), of(sweep, folder).page()));
    }
}
