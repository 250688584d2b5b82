package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;

/**
 * {@code dataset.validation} is a number of images or a fraction of them. Between the two, 1.0 could mean one image or all of them, and
 * is neither; any other whole number means images, however it is written.
 */
final class ValidationSizeRule {
    /** What is right, in words that complete "expected ...". */
    static final String WORDS = "a number of images, or a fraction of them between 0 and 1";

    private static final String OBJECT = "dataset";
    private static final String KEY = "validation";

    private ValidationSizeRule() {}

    /** Adds a size that is neither to the problems. */
    static void check(Members experiment, ProblemList problems) {
        Applicability.object(experiment, OBJECT).ifPresent(dataset -> {
            Member member = dataset.members().get(KEY);
            if (member != null
                    && member.value() instanceof Scalar scalar
                    && scalar.json().isNumber()
                    && !isRight(scalar)) {
                problems.add(
                        scalar.origin(),
                        KeyPath.ROOT.key(OBJECT).key(KEY),
                        Finding.of(scalar),
                        WORDS,
                        "1 is one image, and 0.1 a tenth of those from which they are taken");
            }
        });
    }

    private static boolean isRight(Scalar scalar) {
        double value = scalar.json().asDouble();
        // What is below 0, or no int, the schema has refused already.
        return value == 1 ? scalar.written().matches("[0-9]+") : value < 1 || value == Math.rint(value);
    }
}
