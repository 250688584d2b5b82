package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;

/** The value of an option that counts something. */
final class WholeNumber {
    private WholeNumber() {}

    /**
     * Checks a number.
     *
     * @param option its name, for the message
     * @throws InvalidInputException if it is less than what is allowed
     */
    static void requireAtLeast(int least, String option, int number) {
        if (number < least) {
            throw new InvalidInputException(
                    Problem.of(option, Integer.toString(number), "a whole number of at least " + least));
        }
    }
}
