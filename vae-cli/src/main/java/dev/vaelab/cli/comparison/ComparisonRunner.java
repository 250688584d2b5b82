package dev.vaelab.cli.comparison;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.parity.ParityReport;
import dev.vaelab.api.training.EpochMetrics;
import dev.vaelab.cli.json.JsonText;
import dev.vaelab.cli.process.ChildLimits;
import dev.vaelab.cli.process.ChildProgram;
import dev.vaelab.cli.process.ChildResult;
import dev.vaelab.cli.run.MetricsFile;
import dev.vaelab.cli.run.Provenance;
import dev.vaelab.cli.run.RunFolder;
import dev.vaelab.cli.run.RunResult;
import java.nio.file.Files;
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
    private final ChildLimits limits;
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
        this.limits = limits;
        this.progress = progress;
    }

    /** Trains and tests on one engine with one seed; never throws for what goes wrong in the run. */
    public ComparedRun train(String backend, long seed) {
        String name = backend + "-seed" + seed;
        RunFolder run = new RunFolder(folder.resolve(name));
        List<String> arguments = new ArrayList<>(List.of("train", config.toString(), "--backend", backend));
        addOverrides(arguments);
        arguments.addAll(List.of("--set", "seed=" + seed, "--out", run.path().toString(), "--json"));
        ChildResult child = run(name, arguments);
        String failure = child.successful() && Files.exists(run.result()) ? null : child.failure();
        ComparedRun compared = collect(backend, seed, run, failure);
        if (!compared.succeeded()) {
            progress.accept(name + ": failed: " + compared.failure());
        }
        return compared;
    }

    /** What a run left in its folder; files that cannot be read are a failure, too. */
    private static ComparedRun collect(String backend, long seed, RunFolder run, String failure) {
        String path = run.path().toString();
        try {
            return new ComparedRun(
                    backend,
                    seed,
                    path,
                    failure,
                    failure == null ? JsonText.readFile(run.result(), RunResult.class) : null,
                    Files.exists(run.metrics()) ? MetricsFile.read(run) : List.<EpochMetrics>of(),
                    Files.exists(run.provenance()) ? JsonText.readFile(run.provenance(), Provenance.class) : null);
        } catch (InvalidInputException e) {
            return new ComparedRun(
                    backend, seed, path, failure == null ? e.getMessage() : failure, null, List.of(), null);
        }
    }

    /** Makes the parity certificate of two engines; never throws for what goes wrong in it. */
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
        ChildResult child = run(name, arguments);
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

    private ChildResult run(String name, List<String> arguments) {
        return new ChildProgram(name, arguments, Map.of(), folder, limits, line -> progress.accept(name + ": " + line))
                .run();
    }

    private void addOverrides(List<String> arguments) {
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
    }
}
