package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ScheduleConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The numbers that engines compute with. They do so in float32, which ends at 3.4e38 and at 1e-45, and Adam squares its
 * gradients, to which these numbers are factors. What is beyond {@value #LEAST} and {@value #MOST} is lost somewhere on that
 * way, and an engine would learn nothing without a word, or end with NaN.
 */
final class NumberRange {
    /** The least positive number. */
    static final double LEAST = 1e-12;

    /** The largest number. */
    static final double MOST = 1e12;

    /** What float32 still tells from 1. */
    private static final double MOST_BELOW_ONE = 0.9999999;

    private static final MathContext DIGITS = new MathContext(7);
    private static final String FLOAT32 = ", since engines compute in float32";
    private static final String FACTOR = "training.schedule.factor";

    private static final List<Range> RANGES = List.of(
            new Range("loss", "beta", true, MOST),
            new Range("training", "clipNorm", false, MOST),
            new Range("training.average", "decay", true, MOST_BELOW_ONE),
            new Range("training.optimizer", "learningRate", false, MOST),
            new Range("training.optimizer", "weightDecay", true, MOST),
            new Range("training.optimizer", "momentum", true, MOST_BELOW_ONE),
            new Range("training.optimizer", "beta1", true, MOST_BELOW_ONE),
            new Range("training.optimizer", "beta2", true, MOST_BELOW_ONE),
            new Range("training.optimizer", "epsilon", false, MOST),
            new Range("training.schedule", "factor", false, MOST),
            new Range("training.schedule", "endFactor", false, 1));

    private NumberRange() {}

    /**
     * Adds each number outside of its range to the problems.
     *
     * @param more ranges of keys that parts have of their own
     */
    static void check(Members experiment, List<Range> more, ProblemList problems) {
        Stream.concat(RANGES.stream(), more.stream())
                .forEach(range -> Applicability.object(experiment, range.object)
                        .ifPresent(object -> range.check(object, problems)));
    }

    /**
     * Adds a schedule that leads beyond the range to the problems. One that leads below it is right: the end of a training
     * may be left to the weights as they are.
     *
     * @param config an experiment with which nothing else is wrong
     */
    static void checkSchedule(ExperimentConfig config, Members experiment, ProblemList problems) {
        TrainingConfig training = config.training();
        ScheduleConfig schedule = training.schedule();
        if (schedule.name() != ScheduleConfig.Name.STEP || schedule.factor() <= 1) {
            return;
        }
        int last = training.epochs();
        if (training.learningRateIn(last) > MOST) {
            int most = lastWithin(training, last);
            problems.add(
                    new ExperimentPlaces(experiment).origin(FACTOR).orElse(experiment.origin()),
                    new KeyPath(FACTOR),
                    number(schedule.factor()) + ", with which the learning rate is "
                            + number(training.learningRateIn(last)) + " in epoch " + last,
                    "at most " + number(MOST) + " in every epoch" + FLOAT32,
                    "set training.epochs to at most " + most + ", or the factor to at most 1");
        }
    }

    private static int lastWithin(TrainingConfig training, int last) {
        int good = 1;
        int bad = last;
        while (bad - good > 1) {
            int middle = good + (bad - good) / 2;
            if (training.learningRateIn(middle) <= MOST) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    /** For example {@code 0.9999999} or {@code 1e12}. */
    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean plain = Math.abs(value) >= 1e-6 && Math.abs(value) < 1e6;
        return plain
                ? rounded.toPlainString()
                : rounded.toString().replace("E+", "e").replace('E', 'e');
    }

    /**
     * The range of one key.
     *
     * @param object where the key is
     * @param negative whether the same is right with the other sign
     * @param zero whether zero is right as well
     * @param most the largest value
     */
    record Range(String object, String key, boolean negative, boolean zero, double most) {
        Range(String object, String key, boolean zero, double most) {
            this(object, key, false, zero, most);
        }

        /** The range of a key that a schema describes, which says its sign. */
        static Range of(String object, String key, JsonNode schema) {
            BigDecimal least = schema.path("minimum").decimalValue(BigDecimal.ONE.negate());
            boolean positive = schema.path("exclusiveMinimum")
                            .decimalValue(BigDecimal.ONE.negate())
                            .signum()
                    >= 0;
            return new Range(object, key, !positive && least.signum() < 0, !positive && least.signum() <= 0, MOST);
        }

        private void check(Members members, ProblemList problems) {
            Member member = members.members().get(key);
            if (member == null
                    || !(member.value() instanceof Scalar scalar)
                    || !scalar.json().isNumber()) {
                return;
            }
            double value = negative
                    ? Math.abs(scalar.json().asDouble())
                    : scalar.json().asDouble();
            boolean written = value != 0 || isZero(scalar.written());
            if ((zero && value == 0 && written) || (value >= LEAST && value <= most)) {
                return;
            }
            problems.add(
                    scalar.origin(),
                    new KeyPath(object + "." + key),
                    Finding.of(scalar),
                    (zero ? "0, or " : "") + (negative ? "a number with a magnitude of" : "a number of") + " at least "
                            + number(LEAST) + " and at most " + number(most) + FLOAT32,
                    "");
        }

        /** Whether it is written as zero, rather than as a number that is too small for a double. */
        private static boolean isZero(String written) {
            return IntStream.range(0, written.length())
                    .map(written::charAt)
                    .takeWhile(character -> character != 'e' && character != 'E')
                    .noneMatch(character -> character >= '1' && character <= '9');
        }
    }
}
