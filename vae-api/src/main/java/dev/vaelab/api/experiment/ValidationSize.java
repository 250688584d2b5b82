package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How many images validate: in a file a whole number of them, or a fraction of those from which they are taken.
 *
 * @param number in the file: images from 1 on, or 0 for none, or a fraction between 0 and 1
 * @param fraction whether it is one
 */
public record ValidationSize(double number, boolean fraction) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is neither a number of images nor a fraction of them
     */
    public ValidationSize {
        boolean right = fraction
                ? number > 0 && number < 1
                : number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
        if (!right) {
            throw new IllegalArgumentException(
                    "validation takes a number of images, or a fraction of them between 0 and 1," + " found " + number);
        }
    }

    /** So many images. */
    public static ValidationSize ofImages(int images) {
        return new ValidationSize(images, false);
    }

    /** A fraction of the images, between 0 and 1. */
    public static ValidationSize ofFraction(double fraction) {
        return new ValidationSize(fraction, true);
    }

    /** What a file has, which its rules have checked: below 1 a fraction, 0 and all others a number of images. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ValidationSize of(Number value) {
        double number = value.doubleValue();
        return new ValidationSize(number, number > 0 && number < 1);
    }

    /** As a file has it. */
    @JsonValue
    public Number asFile() {
        return fraction ? (Number) number : (Number) (int) number;
    }

    /** Whether no image validates. */
    public boolean isNone() {
        return number == 0;
    }

    /**
     * How many images that is: of a fraction the nearest number, and at least one.
     *
     * @param available from how many they are taken
     */
    public int of(int available) {
        return fraction ? (int) Math.max(1, Math.round(number * available)) : (int) number;
    }

    /** As a file has it, for messages. */
    @Override
    public String toString() {
        return asFile().toString();
    }
}
