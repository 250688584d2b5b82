package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Does something with every picture, on all processors, and reports together what is wrong with some of them. */
final class EveryPicture {
    /** Enough to see what is wrong; a folder of the wrong kind of pictures would fill the screen. */
    private static final int REPORTED = 10;

    private EveryPicture() {}

    /**
     * The results of a step in the order of the pictures.
     *
     * @param outOfMemory what is wrong with a picture for which memory runs out even if no other one is at work
     * @throws InvalidInputException with the first problems that the step throws, in the order of the pictures, and the
     *     number of the others
     */
    static <P, R> List<R> map(List<P> pictures, Function<P, R> step, Function<P, InvalidInputException> outOfMemory) {
        List<Outcome<R>> together = pictures.parallelStream()
                .map(picture -> Outcome.of(step, picture))
                .toList();
        List<Outcome<R>> outcomes = IntStream.range(0, together.size())
                .mapToObj(index -> together.get(index).orAlone(step, pictures.get(index), outOfMemory))
                .toList();
        List<Problem> problems = outcomes.stream()
                .flatMap(outcome -> outcome.problems().stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(shortened(problems));
        }
        return outcomes.stream().map(Outcome::result).toList();
    }

    private static List<Problem> shortened(List<Problem> problems) {
        if (problems.size() <= REPORTED) {
            return problems;
        }
        List<Problem> first = new ArrayList<>(problems.subList(0, REPORTED));
        first.add(Problem.of(DataFolder.PATH, (problems.size() - REPORTED) + " more pictures with problems", ""));
        return first;
    }

    /** A result, or the problems in its place, or nothing if memory ran out. */
    private record Outcome<R>(R result, List<Problem> problems, boolean outOfMemory) {
        static <P, R> Outcome<R> of(Function<P, R> step, P picture) {
            try {
                return new Outcome<>(step.apply(picture), List.of(), false);
            } catch (InvalidInputException e) {
                return new Outcome<>(null, e.problems(), false);
            } catch (OutOfMemoryError e) {
                return new Outcome<>(null, List.of(), true);
            }
        }

        /** The same, or that of another attempt: several pictures at once may need more memory than there is for one. */
        <P> Outcome<R> orAlone(Function<P, R> step, P picture, Function<P, InvalidInputException> problem) {
            if (!outOfMemory) {
                return this;
            }
            Outcome<R> alone = of(step, picture);
            return alone.outOfMemory
                    ? new Outcome<>(null, problem.apply(picture).problems(), false)
                    : alone;
        }
    }
}
