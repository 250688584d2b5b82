package dev.vaelab.experiment.comparison;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.process.ChildLimits;
import dev.vaelab.experiment.process.ChildResult;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.training.Pair;
import dev.vaelab.training.parity.ParityReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs what a comparison needs, each in a Java machine of its own: an engine that dies takes its own run with it only. */
public final class ComparisonRunner {
    private final ComparisonPlan plan;
    private final ComparisonFolder folder;
    private final ChildCommands children;
    private final Consumer<String> progress;

    /**
     * Prepares what is left of a comparison.
     *
     * @param plan what is to be done
     * @param folder where run folders, certificates and messages go
     * @param limits when a run is given up
     * @param progress told what happens, line by line
     */
    public ComparisonRunner(
            ComparisonPlan plan, ComparisonFolder folder, ChildLimits limits, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.children = new ChildCommands(folder.path(), limits, Map.of(), progress);
        this.progress = progress;
    }

    /**
     * Does what is left: trainings that are finished stay as they are, those that were stopped go on from their checkpoints,
     * those that failed are tried again. What goes wrong in one is in what this returns.
     *
     * @throws dev.vaelab.api.RunFailedException if runs cannot be started, or this process is ending
     */
    public Comparison run() {
        List<ComparedRun> runs = new ArrayList<>();
        for (ComparisonPlan.Run run : plan.runs()) {
            runs.add(train(run));
        }
        List<Comparison.Certificate> parity = new ArrayList<>();
        if (plan.paritySteps() > 0) {
            Pair.ofAll(plan.backends()).forEach(pair -> parity.add(certify(pair.first(), pair.second())));
        }
        return Comparison.of(plan.config(), plan.backends(), plan.seeds(), runs, plan.margin(), parity);
    }

    private ComparedRun train(ComparisonPlan.Run run) {
        RunFolder runFolder = folder.prepare(plan, run);
        // A training whose comparison was killed takes a while to notice, and to write its checkpoint.
        RunLock.awaitFree(
                runFolder, holder -> progress.accept(run.name() + ": waiting for " + holder + ", which trains it"));
        RunOutcome outcome = folder.isDone(run) ? RunOutcome.read(runFolder, null) : null;
        if (outcome == null || outcome.failure() != null) {
            outcome = children.train(run.name(), runFolder, plan.configOf(run));
        }
        return new ComparedRun(
                run.backend(),
                run.seed(),
                runFolder.path().toString(),
                outcome.failure(),
                outcome.result(),
                outcome.epochs(),
                outcome.provenance());
    }

    private Comparison.Certificate certify(String first, String second) {
        String name = "parity-" + first + "-" + second;
        return folder.certificate(name).orElseGet(() -> {
            Comparison.Certificate certificate = certify(name, first, second);
            folder.write(name, certificate);
            return certificate;
        });
    }

    private Comparison.Certificate certify(String name, String first, String second) {
        List<String> arguments = List.of(
                "parity",
                folder.experiment().toString(),
                "--backends",
                first + "," + second,
                "--steps",
                Integer.toString(plan.paritySteps()),
                "--json");
        ChildResult child = children.run(name, arguments);
        Optional<ParityReport> report = report(child);
        if (report.isEmpty()) {
            progress.accept(name + ": failed: " + child.failure());
        }
        return new Comparison.Certificate(
                first, second, report.orElse(null), report.isPresent() ? null : child.failure());
    }

    /** Exit code 1 with a report is a certificate too: that the engines part. */
    private static Optional<ParityReport> report(ChildResult child) {
        try {
            return child.answer().map(answer -> JsonText.read(answer, ParityReport.class));
        } catch (IllegalArgumentException e) {
            // An error has keys of its own.
            return Optional.empty();
        }
    }
}
