package dev.vaelab.report.web;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.util.Map;

/**
 * What stands behind the question mark of an address.
 *
 * @param values the value of each name
 */
public record Query(Map<String, String> values) {
    /**
     * A whole number within bounds.
     *
     * @throws InvalidInputException if there is none of this name, or another one
     */
    public int wholeNumber(String name, int least, int most) {
        String text = values.get(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below: it is as wrong as a number out of bounds. A missing one is null, which is no number
            // either.
        }
        throw new InvalidInputException(Problem.of(
                name, text == null ? "nothing" : "\"" + text + "\"", "a whole number from " + least + " to " + most));
    }
}
