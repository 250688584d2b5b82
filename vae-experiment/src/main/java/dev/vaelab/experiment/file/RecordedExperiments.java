package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Experiments inside a file that this program wrote, such as those of the runs of a sweep. Anybody may have changed them since: each
 * is judged as a file of its own would be.
 */
public final class RecordedExperiments {
    private final Path file;
    private final SourceValue root;
    private final ExperimentRules rules;

    private RecordedExperiments(Path file, SourceValue root, ExperimentRules rules) {
        this.file = file;
        this.root = root;
        this.rules = rules;
    }

    /**
     * Reads a file, and judges nothing yet.
     *
     * @throws InvalidInputException if it is no JSON
     */
    public static RecordedExperiments read(Path file, ExperimentRules rules) {
        ProblemList problems = new ProblemList();
        Origin named = new Origin.Argument(file.toString(), -1, false);
        Optional<SourceValue> root = SourceText.read(
                        file,
                        "JSON as this program writes it",
                        SourceText.LARGEST_RECORD,
                        (found, expected, advice) -> problems.add(named, KeyPath.ROOT, found, expected, advice))
                .flatMap(text -> text.value(file, Origin.Layer.EXPERIMENT, 0, problems));
        problems.throwIfAny();
        return new RecordedExperiments(file, root.orElseThrow(), rules);
    }

    /** The experiment at a key of the whole file. */
    public LoadedExperiment atKey(String key, List<String> overrides) {
        return load(member(root, key), key, overrides);
    }

    /**
     * The experiment at a key of an item of a list.
     *
     * @param list key of the list
     * @param index counted from 0
     * @param key of the item
     * @param overrides as {@link ExperimentLoader#load} has them
     * @throws InvalidInputException with every problem; places are {@code file:line:column key} or {@code --set key}
     */
    public LoadedExperiment atItem(String list, int index, String key, List<String> overrides) {
        Optional<SourceValue> item = member(root, list)
                .filter(value ->
                        value instanceof Items items && index < items.items().size())
                .map(value -> ((Items) value).items().get(index));
        return load(item.flatMap(value -> member(value, key)), list + "[" + index + "]." + key, overrides);
    }

    private LoadedExperiment load(Optional<SourceValue> value, String place, List<String> overrides) {
        if (value.isEmpty() || !(value.get() instanceof Members members)) {
            throw new InvalidInputException(Problem.of(
                    file + ": " + place,
                    value.map(Finding::of).orElse("nothing"),
                    "an object with the keys of an experiment"));
        }
        ProblemList problems = new ProblemList();
        Members experiment = new Overrides(overrides, Optional.empty(), problems).over(members);
        rules.check(experiment, true, problems);
        problems.throwIfAny();
        return new LoadedExperiment(rules.config(experiment), new ExperimentPlaces(experiment), List.of(file));
    }

    private static Optional<SourceValue> member(SourceValue object, String key) {
        return object instanceof Members members
                ? Optional.ofNullable(members.members().get(key)).map(Member::value)
                : Optional.empty();
    }
}
