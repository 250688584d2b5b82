package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the keys of an experiment stand: what finds fault with an experiment as a whole knows its keys only, and a person looks
 * for them in files and options.
 */
public final class ExperimentPlaces {
    private static final Set<String> PARTS = Arrays.stream(ExperimentConfig.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final Members experiment;

    /** The places of an experiment that is laid together. */
    ExperimentPlaces(Members experiment) {
        this.experiment = experiment;
    }

    /**
     * The failure with {@code file:line:column key} or {@code --set key} where it has keys, such as {@code dataset.path}; in the
     * order of these places. A key that is not set is missed in the object around it. What is no key stays as it is.
     */
    public InvalidInputException locate(InvalidInputException failure) {
        return new InvalidInputException(failure.problems().stream()
                .map(problem -> new Located(origin(problem.place()), problem))
                .sorted(Located.ORDER)
                .map(Located::inWords)
                .toList());
    }

    /** Whether a key is set by an option of the command line. */
    public boolean isOption(String key) {
        Found found = find(steps(key));
        return found.whole() && found.value().origin() instanceof Origin.Argument;
    }

    /**
     * Where a key or, if it is not set, the object or list around it stands; nothing for what is no key of experiments.
     *
     * @param key keys joined by dots, with list items in brackets: {@code model.encoder[2].kernel}
     */
    Optional<Origin> origin(String key) {
        List<String> steps = steps(key);
        return PARTS.contains(steps.get(0)) ? Optional.of(find(steps).value().origin()) : Optional.empty();
    }

    private static List<String> steps(String key) {
        return List.of(key.replace("]", "").split("[.\\[]"));
    }

    /** The value at the end of the way, or as far as it leads. */
    private Found find(List<String> steps) {
        SourceValue value = experiment;
        for (String step : steps) {
            Optional<SourceValue> next = value.at(step);
            if (next.isEmpty()) {
                return new Found(value, false);
            }
            value = next.get();
        }
        return new Found(value, true);
    }

    /** @param whole whether there is all of the way */
    private record Found(SourceValue value, boolean whole) {}

    private record Located(Optional<Origin> origin, Problem problem) {
        static final Comparator<Located> ORDER =
                Comparator.comparing(located -> located.origin.orElse(null), Comparator.nullsLast(Origin.ORDER));

        Problem inWords() {
            return origin.map(found -> new Problem(
                            found.place(new KeyPath(problem.place())),
                            problem.found(),
                            problem.expected(),
                            problem.advice()))
                    .orElse(problem);
        }
    }
}
