package dev.vaelab.experiment.comparison;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a comparison: {@code comparison-plan.json} and {@code experiment.json} from its beginning, a run folder for each
 * engine and seed, a file for each parity certificate, and in the end {@code comparison.json} and {@code comparison.html}.
 *
 * @param path where it is
 */
public record ComparisonFolder(Path path) {
    private static final String PLAN = "comparison-plan.json";

    /**
     * Opens the folder of a comparison that a person names, to go on with it.
     *
     * @throws InvalidInputException if it is not one
     */
    public static ComparisonFolder open(Path path) {
        ComparisonFolder folder = new ComparisonFolder(path);
        if (!Files.isRegularFile(folder.plan())) {
            String found =
                    Files.isDirectory(path) ? "a folder without " + PLAN : Files.exists(path) ? "a file" : "nothing";
            throw new InvalidInputException(new Problem(
                    path.toString(),
                    found,
                    "the folder of a comparison that can go on",
                    "compare prints where its folder is"));
        }
        return folder;
    }

    /** Whether a comparison was begun in a folder, by a program that can go on with it. */
    public static boolean isBegun(Path path) {
        return Files.isRegularFile(new ComparisonFolder(path).plan());
    }

    /** Writes down what is to be done. */
    public void begin(ComparisonPlan plan) {
        RunFolder.writeText(experiment(), new ExperimentWriter().write(plan.config()));
        RunFolder.writeText(plan(), JsonText.page(plan));
    }

    /**
     * What is to be done.
     *
     * @throws InvalidInputException if the file cannot be read or is not what this class writes
     */
    public ComparisonPlan read() {
        ComparisonPlan plan = JsonText.readFile(plan(), ComparisonPlan.class);
        if (plan.config() == null || plan.backends().size() < 2 || plan.seeds().isEmpty() || !(plan.margin() > 0)) {
            throw new InvalidInputException(
                    Problem.of(plan().toString(), "a plan that lacks something", "config, backends, seeds and margin"));
        }
        return plan;
    }

    /** The folder of a training. */
    public RunFolder folderOf(ComparisonPlan.Run run) {
        return new RunFolder(path.resolve(run.name()));
    }

    /** Whether a training has come to its end. */
    public boolean isDone(ComparisonPlan.Run run) {
        return Files.exists(folderOf(run).result());
    }

    /** Makes the folder of a training, as far as it is not there yet, so that it can be begun or gone on with. */
    RunFolder prepare(ComparisonPlan plan, ComparisonPlan.Run run) {
        RunFolder folder = RunFolder.makeParts(folderOf(run).path());
        if (!Files.exists(folder.config())) {
            RunFolder.writeText(folder.config(), new ExperimentWriter().write(plan.configOf(run)));
        }
        return folder;
    }

    /** The resolved experiment, itself an experiment file. */
    Path experiment() {
        return path.resolve("experiment.json");
    }

    /** A certificate that was made before; nothing if there is none, or only the reason why it could not be made. */
    Optional<Comparison.Certificate> certificate(String name) {
        Path file = certificateFile(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonText.readFile(file, Comparison.Certificate.class))
                    .filter(certificate -> certificate.report() != null);
        } catch (InvalidInputException e) {
            // It is made anew.
            return Optional.empty();
        }
    }

    /** Keeps a certificate. */
    void write(String name, Comparison.Certificate certificate) {
        RunFolder.writeText(certificateFile(name), JsonText.page(certificate));
    }

    private Path certificateFile(String name) {
        return path.resolve(name + ".json");
    }

    /** What is to be done, as {@link #begin} has written it down. */
    public Path plan() {
        return path.resolve(PLAN);
    }
}
