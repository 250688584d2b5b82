package dev.vaelab.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The terms of a loss, averaged over the images of a batch or a split, in nats per image.
 *
 * @param terms by name, in the order in which people are shown them; {@code reconstruction}, which is -log p(x|z), and {@code
 *     kl}, which is KL(q(z|x) || p(z)) without beta, are among them
 * @param loss what training minimizes: reconstruction + beta * KL for the ELBO
 */
public record Figures(Map<String, Double> terms, double loss) {
    private static final String TOTAL = "total";
    private static final String LOSS = "loss";

    /**
     * Copies the terms and keeps their order.
     *
     * @throws IllegalArgumentException if reconstruction or KL is missing
     */
    public Figures {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        if (!terms.containsKey(LossTerms.RECONSTRUCTION) || !terms.containsKey(LossTerms.KL)) {
            throw new IllegalArgumentException("figures have the terms " + LossTerms.RECONSTRUCTION + " and "
                    + LossTerms.KL + ", found " + terms.keySet());
        }
    }

    /** The negative ELBO and its two terms. */
    public Figures(double reconstruction, double kl) {
        this(terms(reconstruction, kl), reconstruction + kl);
    }

    private static Map<String, Double> terms(double reconstruction, double kl) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put(LossTerms.RECONSTRUCTION, reconstruction);
        terms.put(LossTerms.KL, kl);
        return terms;
    }

    /** Reads what {@link #asMap()} wrote, or what a version wrote that knew the two terms of the ELBO only. */
    @JsonCreator
    static Figures of(Map<String, Double> values) {
        Map<String, Double> terms = new LinkedHashMap<>(values);
        terms.remove(TOTAL);
        Double loss = terms.remove(LOSS);
        Figures figures = new Figures(terms, 0);
        return new Figures(terms, loss == null ? figures.total() : loss);
    }

    /** All figures by name, as files have them: the terms, {@code total} and {@code loss}. */
    @JsonValue
    public Map<String, Double> asMap() {
        Map<String, Double> values = new LinkedHashMap<>(terms);
        values.put(TOTAL, total());
        values.put(LOSS, loss);
        return values;
    }

    /** What a loss gives beside the two terms of the ELBO, in its order. */
    public Map<String, Double> added() {
        Map<String, Double> added = new LinkedHashMap<>(terms);
        added.keySet().removeAll(Set.of(LossTerms.RECONSTRUCTION, LossTerms.KL));
        return added;
    }

    /** -log p(x|z). */
    public double reconstruction() {
        return terms.get(LossTerms.RECONSTRUCTION);
    }

    /** KL(q(z|x) || p(z)), without beta. */
    public double kl() {
        return terms.get(LossTerms.KL);
    }

    /** The negative ELBO: reconstruction + KL. */
    public double total() {
        return reconstruction() + kl();
    }

    /** The terms for a message, for example {@code reconstruction 80.1, kl NaN}. */
    public String text() {
        return terms.entrySet().stream()
                .map(term -> term.getKey() + " " + term.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Whether all are numbers that a training can go on with. */
    public boolean finite() {
        return Double.isFinite(loss) && terms.values().stream().allMatch(Double::isFinite);
    }
}
