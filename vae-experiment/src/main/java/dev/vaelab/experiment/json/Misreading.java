package dev.vaelab.experiment.json;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why text could not be read, for a person who has the file before them and not this program. */
final class Misreading {
    /** The reason for a value that has to be there and is not, or is null. */
    static final String NOTHING = "nothing";

    private static final int LONGEST_REASON = 200;

    private Misreading() {}

    /** One line: what was found where. */
    static String describe(JacksonException failure) {
        String key = key(failure.getPath());
        String reason = reason(failure);
        return (key.isEmpty() ? reason : "for " + key + " " + reason) + place(failure.getLocation());
    }

    private static String reason(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "a key that is not known here";
        }
        if (failure instanceof InvalidFormatException invalid) {
            return "a value of the wrong kind (" + shortened(String.valueOf(invalid.getValue())) + ")";
        }
        if (failure.getCause() instanceof NullPointerException) {
            return "nothing where something has to be";
        }
        String message = failure.getOriginalMessage();
        // Of several lines the first, without what Jackson says about classes of this program.
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        if (failure instanceof StreamReadException) {
            return first.startsWith("Unexpected end-of-input")
                    ? "JSON that ends too soon"
                    : "no sound JSON (" + shortened(first) + ")";
        }
        if (first.startsWith("Cannot construct instance of ") && first.contains(", problem: ")) {
            return "a value that cannot be (" + shortened(first.substring(first.indexOf(", problem: ") + 11)) + ")";
        }
        if (first.startsWith("Cannot map `null`") || first.startsWith("Missing required ")) {
            return NOTHING;
        }
        return first.startsWith("Cannot ") || first.startsWith("No ") ? "a value of the wrong kind" : shortened(first);
    }

    private static String key(List<JacksonException.Reference> path) {
        return path.stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : "." + reference.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String place(TokenStreamLocation location) {
        boolean known = location != null && location.getLineNr() > 0;
        return known ? " in line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
