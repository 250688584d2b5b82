package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.Pair;
import dev.vaelab.training.parity.ParityReport;
import java.nio.file.Path;
import java.util.List;

/**
 * One experiment on several engines.
 *
 * @param config the experiment; backend and seed are those of the file
 * @param backends the engines, in the order in which they were named
 * @param seeds likewise
 * @param runs every run
 * @param engines one summary for each engine
 * @param differences one for each pair of engines
 * @param parity one certificate for each pair of engines, failures being messages; comparisons made before had one for each pair
 *     with the first engine only
 */
public record Comparison(
        ExperimentConfig config,
        List<String> backends,
        List<Long> seeds,
        List<ComparedRun> runs,
        List<EngineSummary> engines,
        List<EngineDifference> differences,
        List<Certificate> parity) {
    /** The name of its file in the folder of a comparison. */
    public static final String FILE = "comparison.json";

    /** The name of its report there. */
    public static final String PAGE = "comparison.html";

    /**
     * A parity certificate, or why there is none.
     *
     * @param first engine
     * @param second engine
     * @param report null if it could not be made
     * @param failure null if it could
     */
    public record Certificate(
            String first,
            String second,
            @JsonInclude(JsonInclude.Include.NON_NULL) ParityReport report,
            @JsonInclude(JsonInclude.Include.NON_NULL) String failure) {}

    /** Sums up runs. */
    public static Comparison of(
            ExperimentConfig config,
            List<String> backends,
            List<Long> seeds,
            List<ComparedRun> runs,
            double margin,
            List<Certificate> parity) {
        List<EngineSummary> engines = backends.stream()
                .map(backend -> EngineSummary.of(backend, runsOf(backend, runs)))
                .toList();
        List<EngineDifference> differences = Pair.ofAll(backends).stream()
                .map(pair -> EngineDifference.of(
                        pair.first(), runsOf(pair.first(), runs), pair.second(), runsOf(pair.second(), runs), margin))
                .toList();
        return new Comparison(config, backends, seeds, runs, engines, differences, parity);
    }

    /**
     * Reads the comparison of a folder, which may have been moved or copied.
     *
     * @throws InvalidInputException if it cannot be read, or cannot be one
     */
    public static Comparison read(Path folder) {
        Path file = folder.resolve(FILE);
        Comparison comparison = JsonText.readFile(file, Comparison.class);
        for (ComparedRun run : comparison.runs()) {
            String place = file + ": run " + run.backend() + ", seed " + run.seed();
            boolean isPath = !run.folder().isBlank()
                    && !run.folder().endsWith("/")
                    && !run.folder().endsWith("..")
                    && run.folder().chars().noneMatch(Character::isISOControl);
            if (!isPath) {
                throw new InvalidInputException(
                        Problem.of(place, "a name that is no folder", "the name of its run folder"));
            }
            if (run.succeeded() && (run.result() == null || run.provenance() == null)) {
                throw new InvalidInputException(Problem.of(
                        place, "neither a failure nor all of a result and a provenance", "one or the other"));
            }
            if (run.result() != null) {
                run.result().requirePlausible(place);
            }
        }
        return comparison.movedTo(folder);
    }

    /** The same in a folder that has been moved or copied: the run folders are in it, under the names that they had. */
    public Comparison movedTo(Path folder) {
        return new Comparison(
                config,
                backends,
                seeds,
                runs.stream().map(run -> run.movedTo(folder)).toList(),
                engines,
                differences,
                parity);
    }

    /** Whether every run came to its end. */
    public boolean complete() {
        return runs.stream().allMatch(ComparedRun::succeeded);
    }

    private static List<ComparedRun> runsOf(String backend, List<ComparedRun> runs) {
        return runs.stream().filter(run -> run.backend().equals(backend)).toList();
    }
}
