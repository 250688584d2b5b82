package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads experiment files.
 *
 * <p>A file is JSON ({@code .json}) or YAML ({@code .yaml}, {@code .yml}); the same tree means the same in both. A file
 * that {@code extends} another one is laid over it: objects merge, everything else replaces. Overrides from the command
 * line come on top. Only then the whole is judged by the {@link ExperimentSchema}.
 */
public final class ExperimentLoader {
    private static final String DATASET = "dataset";

    private final ExperimentRules rules;
    private final UnaryOperator<Members> read;

    /** Judges by these rules. */
    public ExperimentLoader(ExperimentRules rules) {
        this(rules, UnaryOperator.identity());
    }

    private ExperimentLoader(ExperimentRules rules, UnaryOperator<Members> read) {
        this.rules = rules;
        this.read = read;
    }

    /**
     * One that takes an experiment for its model, to be shown other images, which the overrides name: of what the file says of images,
     * these keys stay and no other.
     *
     * @param kept keys of {@code dataset}, without that
     */
    public ExperimentLoader withOtherImages(Set<String> kept) {
        return new ExperimentLoader(rules, experiment -> without(experiment, kept));
    }

    private static Members without(Members experiment, Set<String> kept) {
        Map<String, Member> members = new LinkedHashMap<>(experiment.members());
        members.computeIfPresent(DATASET, (key, member) -> {
            if (!(member.value() instanceof Members dataset)) {
                return member;
            }
            Map<String, Member> left = new LinkedHashMap<>(dataset.members());
            left.keySet().retainAll(kept);
            return new Member(member.key(), new Members(dataset.origin(), left));
        });
        return new Members(experiment.origin(), members);
    }

    /**
     * Reads an experiment.
     *
     * @param file the experiment file
     * @param overrides the values of {@code --set}: {@code key=value}, the key with dots, the value as YAML writes it
     * @param backend the value of {@code --backend}, which wins over every other mention of a backend
     * @throws dev.vaelab.api.InvalidInputException with every problem of the file, of those that it extends and of the
     *     overrides; places are {@code file:line:column key}, {@code --set key} or {@code --backend}
     */
    public LoadedExperiment load(Path file, List<String> overrides, Optional<String> backend) {
        ProblemList problems = new ProblemList();
        FileChain chain = new FileChain(problems);
        Members experiment = new Overrides(overrides, backend, problems).over(read.apply(chain.read(file)));
        rules.check(experiment, chain.isComplete(), problems);
        problems.throwIfAny();
        return new LoadedExperiment(rules.config(experiment), new ExperimentPlaces(experiment), chain.files());
    }

    /**
     * Reads an experiment that a program is going to change.
     *
     * @param file the experiment file
     * @throws dev.vaelab.api.InvalidInputException with every problem for which it, or a file that it extends, cannot be read; no
     *     rule of experiments is asked yet
     */
    public DraftExperiment read(Path file) {
        return DraftExperiment.read(file);
    }

    /**
     * Judges an experiment that a program has read and changed.
     *
     * @throws dev.vaelab.api.InvalidInputException with every problem of files and settings; places are {@code file:line:column key}
     *     or {@code setting key}
     */
    public LoadedExperiment load(DraftExperiment draft) {
        ProblemList problems = new ProblemList();
        Members experiment = draft.members(problems);
        rules.check(experiment, true, problems);
        problems.throwIfAny();
        return new LoadedExperiment(rules.config(experiment), new ExperimentPlaces(experiment), draft.files());
    }
}
