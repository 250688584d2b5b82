package dev.vaelab.experiment.process;

import java.util.Map;

/** The variables that tell a child how many threads to use: those that the launcher sets, and native libraries read. */
public final class ThreadVariables {
    private ThreadVariables() {}

    /** The variables of a child that uses so many threads. */
    public static Map<String, String> of(int threads) {
        String number = Integer.toString(threads);
        return Map.of("VAE_THREADS", number, "OMP_NUM_THREADS", number, "OPENBLAS_NUM_THREADS", number);
    }
}
