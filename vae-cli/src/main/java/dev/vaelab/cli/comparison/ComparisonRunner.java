package dev.vaelab.cli.comparison;

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
        String failure = child.successful() && !Files.exists(run.result())
                ? "ended without a result, though with exit code 0"
                : child.successful() ? null : child.failure();
        if (failure != null) {
            progress.accept(name + ": failed: " + failure);
        }
        return new ComparedRun(
                backend,
                seed,
                run.path().toString(),
                failure,
                failure == null ? JsonText.readFile(run.result(), RunResult.class) : null,
                Files.exists(run.metrics()) ? MetricsFile.read(run) : List.<EpochMetrics>of(),
                Files.exists(run.provenance()) ? JsonText.readFile(run.provenance(), Provenance.class) : null);
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
        // Exit code 1 with a report is a certificate too: that the engines part.
        if (child.givenUp().isEmpty() && child.exitCode() <= 1 && child.output().contains("\"differences\"")) {
            return new Comparison.Certificate(first, second, JsonText.read(child.output(), ParityReport.class), null);
        }
        progress.accept(name + ": failed: " + child.failure());
        return new Comparison.Certificate(first, second, null, child.failure());
    }

    private ChildResult run(String name, List<String> arguments) {
        return new ChildProgram(
                        arguments,
                        folder.resolve(name + ".messages.txt"),
                        limits,
                        line -> progress.accept(name + ": " + line))
                .run();
    }

    private void addOverrides(List<String> arguments) {
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
    }
}
