package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** From what a random search draws the values of a key. */
sealed interface Distribution {
    /** Draws a value, which stands where the distribution stands. */
    SourceValue draw(UniformRandomProvider random);

    /** How many different values there are at most. */
    long count();

    /**
     * Each value of a list is as likely as the others.
     *
     * @param values at least one
     */
    record Choice(List<SourceValue> values) implements Distribution {
        /** Copies the list. */
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public SourceValue draw(UniformRandomProvider random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public long count() {
            return values.size();
        }
    }

    /**
     * Real numbers between two bounds, rounded to what a person can read.
     *
     * @param origin where it stands
     * @param low the least number
     * @param high the largest number
     * @param logarithmic whether the logarithm is uniform, rather than the number
     */
    record Real(Origin origin, double low, double high, boolean logarithmic) implements Distribution {
        private static final int DIGITS = 3;

        @Override
        public SourceValue draw(UniformRandomProvider random) {
            double value = between(random, low, high, logarithmic);
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals(value), RoundingMode.HALF_EVEN);
            double number = Math.min(high, Math.max(low, rounded.doubleValue()));
            return new Scalar(
                    origin, JsonNodeFactory.instance.numberNode(number), Double.toString(number), drawn(low, high));
        }

        /** A hundred different values or more: three digits of the width, and of the number where that is finer. */
        private int decimals(double value) {
            int ofWidth = decimalsOf(high - low);
            return logarithmic ? Math.max(ofWidth, decimalsOf(value)) : ofWidth;
        }

        private static int decimalsOf(double value) {
            return DIGITS - 1 - (int) StrictMath.floor(StrictMath.log10(value));
        }

        @Override
        public long count() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Whole numbers between two bounds, both of which can be drawn.
     *
     * @param origin where it stands
     * @param low the least number
     * @param high the largest number
     * @param logarithmic whether the logarithm is uniform, rather than the number
     */
    record Whole(Origin origin, long low, long high, boolean logarithmic) implements Distribution {
        @Override
        public SourceValue draw(UniformRandomProvider random) {
            long value =
                    logarithmic ? (long) between(random, low, high + 1.0, true) : low + random.nextLong(high - low + 1);
            JsonNode json = JsonNodeFactory.instance.numberNode(Math.min(high, Math.max(low, value)));
            return new Scalar(origin, json, json.asString(), drawn(low, high));
        }

        @Override
        public long count() {
            return high - low + 1;
        }
    }

    private static String drawn(Number low, Number high) {
        return "drawn from " + low + " to " + high;
    }

    /** Strict: the same on every machine. */
    private static double between(UniformRandomProvider random, double low, double high, boolean logarithmic) {
        double share = random.nextDouble();
        if (!logarithmic) {
            return low + share * (high - low);
        }
        double logarithm = StrictMath.log(low) + share * (StrictMath.log(high) - StrictMath.log(low));
        return StrictMath.exp(logarithm);
    }
}
