package dev.vaelab.cli.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
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

    /** The launcher sets the same variables, and native libraries read them when they load. */
    Map<String, String> environment() {
        if (threads == null) {
            return Map.of();
        }
        String number = threads.toString();
        return Map.of("VAE_THREADS", number, "OMP_NUM_THREADS", number, "OPENBLAS_NUM_THREADS", number);
    }

    /** For example {@code dl4j with 2 threads}. */
    @Override
    public String toString() {
        return threads == null ? backend : backend + " with " + threads + (threads == 1 ? " thread" : " threads");
    }
}
