package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Architecture;
import java.util.List;
import java.util.stream.IntStream;

/** The labels that a model knows, for options that name some of them. */
record LabelRange(int classes) {
    static final String OPTION = "--label";

    /** Those of a model; none if it is not conditional. */
    static LabelRange of(Architecture architecture) {
        return new LabelRange(architecture.classes());
    }

    /** All of them, the first one first. */
    int[] all() {
        return IntStream.range(0, classes).toArray();
    }

    /**
     * Labels that were named, at least one, each once.
     *
     * @throws InvalidInputException if there is none, or the model does not know one, or knows none
     */
    int[] requireSome(List<Integer> named) {
        if (named.isEmpty()) {
            throw new InvalidInputException(Problem.of(OPTION, "no label", "labels with commas between them"));
        }
        return require(named);
    }

    /**
     * Labels that were named, each once.
     *
     * @throws InvalidInputException if the model does not know one, or knows none
     */
    int[] require(List<Integer> named) {
        for (int label : named) {
            if (classes == 0) {
                throw new InvalidInputException(new Problem(
                        OPTION,
                        Integer.toString(label),
                        "nothing, since the model knows no labels",
                        "leave the option out; a model that is trained with model.condition: label knows them"));
            }
            if (label < 0 || label >= classes) {
                throw new InvalidInputException(Problem.of(
                        OPTION,
                        Integer.toString(label),
                        "a label from 0 to " + (classes - 1) + ", which the model knows"));
            }
        }
        return named.stream().mapToInt(Integer::intValue).distinct().toArray();
    }
}
