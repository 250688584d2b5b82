package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a loss says of each image of a batch, in nats.
 *
 * @param terms by name, each [images]; {@code reconstruction} and {@code kl} are among them
 * @param minimized what training minimizes the mean of, [images]
 * @param <X> tensors of an engine, or variables of a tape
 */
public record LossTerms<X>(Map<String, Operand<X>> terms, Operand<X> minimized) {
    /** Name of -log p(x|z), summed over pixels and channels. */
    public static final String RECONSTRUCTION = "reconstruction";

    /** Name of KL(q(z|x) || p(z)), summed over latent dimensions, without beta. */
    public static final String KL = "kl";

    /**
     * Copies the terms and keeps their order.
     *
     * @throws IllegalArgumentException if reconstruction or KL is missing
     */
    public LossTerms {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        if (!terms.containsKey(RECONSTRUCTION) || !terms.containsKey(KL)) {
            throw new IllegalArgumentException(
                    "a loss has the terms " + RECONSTRUCTION + " and " + KL + ", found " + terms.keySet());
        }
    }

    /** The two terms that every loss has. */
    public static <X> LossTerms<X> of(Operand<X> reconstruction, Operand<X> kl, Operand<X> minimized) {
        Map<String, Operand<X>> terms = new LinkedHashMap<>();
        terms.put(RECONSTRUCTION, reconstruction);
        terms.put(KL, kl);
        return new LossTerms<>(terms, minimized);
    }

    /** These and another term. */
    public LossTerms<X> with(String name, Operand<X> term) {
        Map<String, Operand<X>> more = new LinkedHashMap<>(terms);
        more.put(name, term);
        return new LossTerms<>(more, minimized);
    }
}
