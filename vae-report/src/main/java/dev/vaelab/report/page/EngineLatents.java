package dev.vaelab.report.page;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.LatentStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the models of one engine use their latent dimensions, on the test images.
 *
 * @param backend the engine's name
 * @param dimensions how many there are
 * @param images how many test images this is measured on
 * @param activeUnits how many dimensions of each run are active
 * @param kl KL of the dimensions in nats, the largest of each run first: which dimension does what is a matter of the seed
 */
public record EngineLatents(String backend, int dimensions, long images, List<ActiveUnits> activeUnits, SeedBand kl) {
    /** Copies the list. */
    public EngineLatents {
        activeUnits = List.copyOf(activeUnits);
    }

    /** How many dimensions are active in the run with this seed. */
    public record ActiveUnits(long seed, long count) {}

    private record MeasuredRun(long seed, LatentStatistics latents) {}

    /** The latents of an engine's runs that came to their end and could write {@code latent.json}; nothing without any. */
    static Optional<EngineLatents> of(String backend, List<ComparedRun> allRuns) {
        List<MeasuredRun> runs = allRuns.stream()
                .filter(run -> run.backend().equals(backend) && run.succeeded())
                .filter(run -> Files.isRegularFile(latentFile(run)))
                .map(run -> new MeasuredRun(run.seed(), JsonText.readFile(latentFile(run), LatentStatistics.class)))
                .toList();
        return runs.stream()
                .findFirst()
                .map(first -> new EngineLatents(
                        backend,
                        first.latents().dimensions().size(),
                        first.latents().images(),
                        runs.stream()
                                .map(run -> new ActiveUnits(
                                        run.seed(), run.latents().activeUnits()))
                                .toList(),
                        SeedBand.of(runs.stream()
                                .map(run -> largestFirst(run.latents()))
                                .toList())));
    }

    private static List<Double> largestFirst(LatentStatistics latents) {
        return latents.mostInformativeFirst().stream()
                .map(dimension -> latents.dimensions().get(dimension).kl())
                .toList();
    }

    private static Path latentFile(ComparedRun run) {
        return new RunFolder(Path.of(run.folder())).latent();
    }
}
