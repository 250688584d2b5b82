package dev.vaelab.training;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two of several engines that are compared with each other, or what belongs to them.
 *
 * @param first the one that the other is compared with
 * @param second the other one
 */
public record Pair<E>(E first, E second) {
    /** Every pair once: the first with each that follows it, then the second with each that follows it, and so on. */
    public static <E> List<Pair<E>> ofAll(List<E> engines) {
        return IntStream.range(0, engines.size())
                .boxed()
                .flatMap(first -> engines.subList(first + 1, engines.size()).stream()
                        .map(second -> new Pair<>(engines.get(first), second)))
                .toList();
    }
}
