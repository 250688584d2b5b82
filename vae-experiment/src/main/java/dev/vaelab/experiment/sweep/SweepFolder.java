package dev.vaelab.experiment.sweep;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The folder of a sweep: {@code sweep.json} with every run, its resolved experiment and how far it is, {@code sweep.html},
 * and a run folder for each run.
 *
 * @param path where it is
 */
public record SweepFolder(Path path) {
    /**
     * Opens the folder of a sweep that a person names.
     *
     * @throws InvalidInputException if it is not one
     */
    public static SweepFolder open(Path path) {
        SweepFolder folder = new SweepFolder(path);
        if (!RegularFiles.isThere(folder.state())) {
            String found = Files.isDirectory(path)
                    ? "a folder without " + folder.state().getFileName()
                    : Files.exists(path) ? "a file" : "nothing";
            throw new InvalidInputException(
                    new Problem(path.toString(), found, "the folder of a sweep", "sweep prints where its folder is"));
        }
        return folder;
    }

    /** The sweep and how far it is. */
    public Path state() {
        return path.resolve("sweep.json");
    }

    /** The same as a page. */
    public Path report() {
        return path.resolve("sweep.html");
    }

    /** The folder of a run. */
    public RunFolder folderOf(SweepRun run) {
        return new RunFolder(path.resolve(run.name()));
    }

    /** Makes the folder of a run, as far as it is not there yet, so that the run can be begun or gone on with. */
    RunFolder prepare(SweepRun run) {
        RunFolder folder = RunFolder.makeParts(folderOf(run).path());
        if (!Files.exists(folder.config())) {
            RunFolder.writeText(folder.config(), new ExperimentWriter().write(run.config()));
        }
        return folder;
    }

    /** Writes the sweep as it is now. */
    public void write(Sweep sweep) {
        RunFolder.writeText(state(), JsonText.page(sweep));
    }

    /**
     * Reads the sweep as it is written down.
     *
     * @throws InvalidInputException if the file cannot be read or is not what this class writes
     */
    public Sweep stored() {
        Sweep sweep = JsonText.readFile(state(), Sweep.class);
        String place = state().toString();
        if (sweep.jobs() < 1) {
            throw wrong(place + ": jobs", Integer.toString(sweep.jobs()), "a whole number of at least 1");
        }
        if (sweep.runs().isEmpty()) {
            throw wrong(place + ": runs", "none", "at least one run");
        }
        Set<String> names = new HashSet<>();
        for (SweepRun run : sweep.runs()) {
            requireSound(run, place + ": run " + run.name());
            if (!names.add(run.name())) {
                throw wrong(place + ": run " + run.name(), "the same name twice", "a folder of its own for each run");
            }
        }
        return sweep;
    }

    private static void requireSound(SweepRun run, String place) {
        boolean isFolder = !run.name().isBlank()
                && !run.name().startsWith(".")
                && run.name().chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!isFolder) {
            throw wrong(place, "a name that is no folder below that of the sweep", "the name of a run folder");
        }
        if (run.finished() && run.result() == null) {
            throw wrong(place, "a finished run without a result", "the result of the run");
        }
        if (run.result() != null) {
            run.result().requirePlausible(place);
        }
    }

    private static InvalidInputException wrong(String place, String found, String expected) {
        return new InvalidInputException(Problem.of(place, found, expected));
    }

    /**
     * Reads the sweep, to go on with it: a run counts as finished if its result is there, even if nobody lived to write that
     * into {@code sweep.json}, and one that failed is to be tried again.
     *
     * @throws InvalidInputException if the file cannot be read or is not what this class writes
     */
    public Sweep read() {
        Sweep sweep = stored();
        return sweep.withRuns(
                sweep.runs().stream().map(run -> asItIs(run, sweep.judge())).toList());
    }

    private SweepRun asItIs(SweepRun run, Judge judge) {
        RunFolder folder = folderOf(run);
        if (run.status() == SweepRun.Status.STOPPED && !Files.exists(folder.result())) {
            // By its own records: what is decided next rests on them.
            RunOutcome outcome = RunOutcome.readPaused(folder);
            return outcome.epochs().isEmpty() ? run : run.ended(outcome, judge);
        }
        if (run.status() == SweepRun.Status.FAILED || !Files.exists(folder.result())) {
            return run.again();
        }
        RunOutcome outcome = RunOutcome.read(folder, null);
        return outcome.failure() == null ? run.ended(outcome, judge) : run.again();
    }
}
