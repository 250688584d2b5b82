package dev.vaelab.cli.command;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.training.TrainingProgress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;

/** What a person is told, on standard error, before a training begins or goes on. */
final class Announcement {
    private Announcement() {}

    /** Tells of the loading of engines whoever sits at the terminal; a script finds errors alone on standard error. */
    static void ofLoadingToWatchers(String... engines) {
        if (Console.drawsOverLines()) {
            ofLoading(engines);
        }
    }

    /** What takes seconds and shows nothing meanwhile: native libraries are unpacked and loaded. */
    static void ofLoading(String... engines) {
        System.err.println((engines.length == 1 ? "loading engine " : "loading engines ") + list(engines));
    }

    /** Names as a sentence has them: "a", "a and b", "a, b and c". */
    private static String list(String... names) {
        int last = names.length - 1;
        return last == 0 ? names[0] : String.join(", ", Arrays.copyOf(names, last)) + " and " + names[last];
    }

    /** What is trained on what, and where it will be. */
    static void ofTraining(ExperimentConfig config, DataSplits splits, RunFolder run) {
        System.err.printf(
                Locale.ROOT,
                "%s: %d images to train on, %s, %d to test; loading engine %s; run folder %s%n",
                config.name(),
                splits.train().count(),
                splits.validates() ? splits.validation().count() + " to validate" : "none to validate",
                splits.test().count(),
                config.backend(),
                VisibleText.line(run.path().toString()));
    }

    /** What is tried out on how little. */
    static void ofFastDevRun(ExperimentConfig config, DataSplits splits) {
        System.err.printf(
                Locale.ROOT,
                "%s: fast dev run with %d images to train on, %s, %d to test; loading engine %s%n",
                config.name(),
                splits.train().count(),
                splits.validates() ? splits.validation().count() + " to validate" : "none to validate",
                splits.test().count(),
                config.backend());
    }

    /** Where a run goes on, and from whom it was taken over. */
    static void ofResume(ExperimentConfig config, RunFolder run, RunHistory history, RunLock lock) {
        lock.killed()
                .ifPresent(holder -> System.err.println(
                        holder + " was killed or crashed while it trained this run; its lock is taken over"));
        TrainingProgress progress = history.progress();
        if (history.checkpoint().isEmpty()) {
            // A run that is only prepared begins, and nobody expects anything else.
            if (Files.exists(run.provenance())) {
                System.err.println("there is no checkpoint yet: the training begins with epoch 1");
            }
        } else if (progress.timeIsOver(config.training())) {
            System.err.println("its time of " + config.training().maxTime()
                    + " (training.maxTime) is over: what follows the training is done again");
        } else if (progress.ends(config.training())) {
            System.err.printf(
                    Locale.ROOT, "all %d epochs are done: what follows them is done again%n", progress.epoch() - 1);
        } else {
            System.err.printf(
                    Locale.ROOT,
                    "goes on in epoch %d of %d, %d %s of it being done%n",
                    progress.epoch(),
                    config.training().epochs(),
                    progress.batches(),
                    progress.batches() == 1 ? "batch" : "batches");
        }
    }
}
