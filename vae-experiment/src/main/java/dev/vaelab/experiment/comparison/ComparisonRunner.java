package dev.vaelab.experiment.comparison;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.process.ChildLimits;
import dev.vaelab.experiment.process.ChildResult;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.training.parity.ParityReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs what a comparison needs, each in a Java machine of its own: an engine that dies takes its own run with it only. */
public final class ComparisonRunner {
    private final Path config;
    private final List<String> overrides;
    private final Path folder;
    private final ChildCommands children;
    private final Consumer<String> progress;

    /**
     * Prepares the runs of an experiment.
     *
     * @param config its file
     * @param overrides values of {@code --set} for every run
     * @param folder where run folders and messages go
     * @param limits when a run is given up
     * @param progress told what happens, line by line
     */
    public ComparisonRunner(
            Path config, List<String> overrides, Path folder, ChildLimits limits, Consumer<String> progress) {
        this.config = config;
        this.overrides = List.copyOf(overrides);
        this.folder = folder;
        this.children = new ChildCommands(folder, limits, Map.of(), progress);
        this.progress = progress;
    }

    /** Trains and tests on one engine with one seed; what goes wrong in the run is in what it returns. */
    public ComparedRun train(String backend, long seed) {
        String name = backend + "-seed" + seed;
        RunFolder run = new RunFolder(folder.resolve(name));
        List<String> arguments = new ArrayList<>(List.of("train", config.toString(), "--backend", backend));
        addOverrides(arguments);
        arguments.addAll(List.of("--set", "seed=" + seed, "--out", run.path().toString(), "--json"));
        RunOutcome outcome = children.train(name, run, arguments);
        return new ComparedRun(
                backend,
                seed,
                run.path().toString(),
                outcome.failure(),
                outcome.result(),
                outcome.epochs(),
                outcome.provenance());
    }

    /** Makes the parity certificate of two engines; what goes wrong in it is in what it returns. */
    public Comparison.Certificate certify(String first, String second, int steps) {
        String name = "parity-" + first + "-" + second;
        List<String> arguments = new ArrayList<>(List.of(
                "parity",
                config.toString(),
                "--backends",
                first + "," + second,
                "--steps",
                Integer.toString(steps),
                "--json"));
        addOverrides(arguments);
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

    private void addOverrides(List<String> arguments) {
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
    }
}
