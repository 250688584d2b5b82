package dev.vaelab.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that override an experiment file. */
final class ExperimentOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            completionCandidates = BackendNames.class,
            description = "The engine, instead of the one in the file; see vae backends.")
    private String backend;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key, for example training.epochs=3; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    List<String> overrides() {
        return overrides;
    }

    /** The options as they are typed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        backend().ifPresent(name -> words.add("--backend " + ShellWord.of(name)));
        overrides.forEach(override -> words.add("--set " + ShellWord.of(override)));
        return words;
    }
}
