package dev.vaelab.cli.command;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several runs that were stopped: which are done, which go on from a checkpoint, which have not begun.
 *
 * @param folder of them all
 * @param finished always false, as in the summary of a training that was stopped
 * @param done names of the runs that are trained and tested
 * @param stopped names of the runs that have a checkpoint
 * @param open names of the runs that have none yet
 * @param resume the command to go on with
 */
record StoppedRuns(
        String folder, boolean finished, List<String> done, List<String> stopped, List<String> open, String resume) {
    private static final int MOST_NAMED = 20;

    /**
     * Looks at the folders.
     *
     * @param command that does the runs
     */
    static StoppedRuns of(String command, Path folder, List<RunFolder> runs) {
        return new StoppedRuns(
                folder.toString(),
                false,
                names(runs, RunState.DONE),
                names(runs, RunState.STOPPED),
                names(runs, RunState.OPEN),
                "vae " + command + " --resume " + folder);
    }

    private enum RunState {
        DONE,
        STOPPED,
        OPEN;

        static RunState of(RunFolder run) {
            if (Files.exists(run.result())) {
                return DONE;
            }
            return run.checkpoints().hasLast() ? STOPPED : OPEN;
        }
    }

    private static List<String> names(List<RunFolder> runs, RunState state) {
        return runs.stream()
                .filter(run -> RunState.of(run) == state)
                .map(run -> run.path().getFileName().toString())
                .toList();
    }

    /** For a person, several lines; or for a script, one. */
    String text(boolean json) {
        if (json) {
            return JsonText.line(this) + "\n";
        }
        int runs = done.size() + stopped.size() + open.size();
        return "stopped: " + done.size() + " of " + runs + " runs done" + named(done) + "\n"
                + (stopped.isEmpty() ? "" : "with a checkpoint: " + stopped.size() + named(stopped) + "\n")
                + (open.isEmpty() ? "" : "not begun: " + open.size() + "\n")
                + VisibleText.line("go on with: " + resume) + "\n";
    }

    private static String named(List<String> names) {
        String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
        String text = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : VisibleText.line(" (" + text + more + ")");
    }
}
