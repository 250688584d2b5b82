package dev.vaelab.experiment.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.process.ThreadVariables;
import java.util.Map;

/**
 * An engine with a number of threads.
 *
 * @param backend the engine's name
 * @param threads how many threads it is to use; null for as many as the environment says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contestant(String backend, Integer threads) {
    /** What its files begin with. */
    String fileName() {
        return threads == null ? backend : backend + "-threads" + threads;
    }

    /** What its process finds in its environment. */
    Map<String, String> environment() {
        return threads == null ? Map.of() : ThreadVariables.of(threads);
    }

    /** For example {@code dl4j with 2 threads}. */
    @Override
    public String toString() {
        return threads == null ? backend : backend + " with " + threads + (threads == 1 ? " thread" : " threads");
    }
}
