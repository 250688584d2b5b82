package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.part.Bernoulli;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.AssertionFailedError;

/**
 * Numbers of a backend beside what they ought to be.
 *
 * <p>Fails at the first number that is too far off. At the end, {@link #report} tells how much of its tolerance the
 * worst of the others took, so that a tolerance can be seen to sit not far above what it has to tolerate.
 */
final class Comparison {
    /** Four roundings to the nearest float32 number, relative to the number, if all of them go the same way. */
    private static final double ROUNDING = 4 * 0x1p-24;

    private final String what;
    private final Likelihood likelihood;
    private double worstShare;
    private String worst = "all as expected";

    /** @param what backend, promise and case, for messages */
    Comparison(String what) {
        this(what, new Bernoulli());
    }

    /**
     * @param what backend, promise and case, for messages
     * @param likelihood of the models that are compared
     */
    Comparison(String what, Likelihood likelihood) {
        this.what = what;
        this.likelihood = likelihood;
    }

    /** The likelihood of the models that are compared. */
    Likelihood likelihood() {
        return likelihood;
    }

    /** Tolerances for the entries of a tensor. */
    @FunctionalInterface
    interface Tolerance {
        /** Largest difference that is allowed at an index. */
        double at(int index);
    }

    /** Tolerances for the entries of named tensors. */
    @FunctionalInterface
    interface NamedTolerance {
        /** For the tensor of a name. */
        Tolerance of(String name);
    }

    /** Compares names, their order, shapes, and number by number. */
    void require(String prefix, NamedTensors found, NamedTensors expected, NamedTolerance tolerance) {
        SameTensors.requireLayout(expected, found);
        for (String name : expected.names()) {
            require(prefix + name, found.values(name), expected.values(name), tolerance.of(name));
        }
    }

    /** Compares number by number. */
    void require(String tensor, float[] found, float[] expected, Tolerance tolerance) {
        assertEquals(expected.length, found.length, what + ": number of values of " + tensor);
        for (int index = 0; index < found.length; index++) {
            require(tensor + "[" + index + "]", found[index], expected[index], tolerance.at(index));
        }
    }

    /** Compares all terms of the loss, and the loss itself. */
    void require(Figures found, Figures expected, Architecture architecture) {
        assertEquals(expected.terms().keySet(), found.terms().keySet(), what + ": terms of the loss");
        expected.terms()
                .forEach((term, value) -> require(
                        term,
                        found.terms().get(term),
                        value,
                        Tolerances.ofTerm(term, likelihood, expected, architecture)));
        require("loss", found.loss(), expected.loss(), Tolerances.ofTerm("loss", likelihood, expected, architecture));
    }

    /** Compares what evaluations say: for each term of the loss, and the loss itself, a value for each image. */
    void require(Map<String, float[]> found, Map<String, float[]> expected, Architecture architecture) {
        assertEquals(expected.keySet(), found.keySet(), what + ": terms of an evaluation");
        float[] reconstruction = expected.get(LossTerms.RECONSTRUCTION);
        float[] kl = expected.get(LossTerms.KL);
        expected.forEach((term, values) -> require(
                "evaluated " + term,
                found.get(term),
                values,
                image -> Tolerances.ofTerm(
                        term, likelihood, new Figures(reconstruction[image], kl[image]), architecture)));
    }

    /** Compares loss terms and gradients. */
    void require(Gradients found, Gradients expected, Architecture architecture) {
        require(found.figures(), expected.figures(), architecture);
        NamedTensors gradients = expected.gradients();
        require("gradient of ", found.gradients(), gradients, name -> Tolerances.ofGradient(gradients.values(name)));
    }

    /**
     * Compares the Euclidean distance of two tensors with a length.
     *
     * @param tolerance largest distance that is allowed, in units of the length
     */
    void requireDistance(String tensor, float[] found, float[] expected, double length, double tolerance) {
        require("distance of " + tensor, Euclidean.distance(found, expected), 0, tolerance * length);
    }

    /**
     * Compares where tensors came to with where they ought to have come to, as vectors. What a few roundings to float32
     * amount to is allowed beside the tolerance, but for tensors that ought to stay where they are.
     *
     * @param start where both began
     * @param tolerance largest distance of a tensor that is allowed, as a share of the way that it ought to have gone
     */
    void requireWays(NamedTensors start, NamedTensors found, NamedTensors expected, double tolerance) {
        SameTensors.requireLayout(expected, found);
        for (String name : expected.names()) {
            float[] end = expected.values(name);
            double way = Euclidean.distance(end, start.values(name));
            double rounding = way == 0 ? 0 : ROUNDING * Euclidean.length(end);
            double distance = Euclidean.distance(found.values(name), end);
            require("distance of " + name, distance, 0, tolerance * way + rounding);
        }
    }

    /** Compares two numbers. A NaN is close to nothing. */
    void require(String number, double found, double expected, double tolerance) {
        double difference = Math.abs(found - expected);
        if (!(difference <= tolerance)) {
            throw new AssertionFailedError(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is %.9g, expected %.9g with a tolerance of %.3g, the difference is %.3g",
                            what,
                            number,
                            found,
                            expected,
                            tolerance,
                            difference),
                    expected,
                    found);
        }
        if (difference > worstShare * tolerance) {
            worstShare = difference / tolerance;
            worst = String.format(
                    Locale.ROOT,
                    "%s is off by %.2g of %.2g, %.2g %% of its tolerance",
                    number,
                    difference,
                    tolerance,
                    100 * worstShare);
        }
    }

    /** Prints one line. */
    void report() {
        System.out.println(what + ": at worst " + worst);
    }
}
