package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.SourceValue.Member;
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
        SourceValue value = experiment;
        for (String step : key.split("\\.")) {
            Member member = value instanceof Members members ? members.members().get(step) : null;
            if (member == null) {
                return false;
            }
            value = member.value();
        }
        return value.origin() instanceof Origin.Argument;
    }

    /** Where a key or, if it is not set, the object around it stands; nothing for what is no key of experiments. */
    Optional<Origin> origin(String key) {
        List<String> steps = List.of(key.split("\\."));
        if (!PARTS.contains(steps.get(0))) {
            return Optional.empty();
        }
        SourceValue value = experiment;
        for (String step : steps) {
            Member member = value instanceof Members members ? members.members().get(step) : null;
            if (member == null) {
                break;
            }
            value = member.value();
        }
        return Optional.of(value.origin());
    }

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
