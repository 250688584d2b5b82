package dev.vaelab.experiment.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The threads of each of several children that work at once: together no more than there are processors, since threads
 * that have to take turns cost more than they give.
 *
 * <p>The number of threads decides the last digits of a result, and so belongs to the identity of a run; its provenance
 * has it.
 *
 * @param jobs children at once
 * @param threads of each, at least one
 */
public record ThreadShare(int jobs, int threads) {
    /** The share of each child of this process. */
    public static ThreadShare of(int jobs) {
        return new ThreadShare(jobs, Math.max(1, Runtime.getRuntime().availableProcessors() / jobs));
    }

    /**
     * The variables for a child. One child alone keeps what this process has; whoever asks for fewer threads than the
     * share gets so few.
     *
     * @param own the variables of this process
     */
    public Map<String, String> environment(Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (jobs > 1) {
            ThreadVariables.of(threads)
                    .forEach((variable, share) -> environment.put(variable, least(share, own.get(variable))));
        }
        return environment;
    }

    private String least(String share, String asked) {
        boolean fewer = asked != null && asked.matches("[1-9]\\d{0,3}") && Integer.parseInt(asked) < threads;
        return fewer ? asked : share;
    }
}
