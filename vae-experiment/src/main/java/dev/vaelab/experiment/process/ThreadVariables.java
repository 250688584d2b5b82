package dev.vaelab.experiment.process;

import java.util.Map;
import java.util.TreeMap;

/** The variables that tell a child how many threads to use: those that the launcher sets, and native libraries read. */
public final class ThreadVariables {
    private ThreadVariables() {}

    /** The variables of a child that uses so many threads. */
    public static Map<String, String> of(int threads) {
        Map<String, String> all = new TreeMap<>(ofEngines(threads));
        all.put("VAE_THREADS", Integer.toString(threads));
        return Map.copyOf(all);
    }

    /** Those of them that engines read. */
    public static Map<String, String> ofEngines(int threads) {
        String number = Integer.toString(threads);
        return new TreeMap<>(Map.of("OMP_NUM_THREADS", number, "OPENBLAS_NUM_THREADS", number));
    }
}
