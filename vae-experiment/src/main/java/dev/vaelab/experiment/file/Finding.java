package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;

/** What a value is, in words that complete "found ...". */
final class Finding {
    private Finding() {}

    /** The value as it was read: text is called text, so that {@code no} in YAML is not taken for false. */
    static String of(SourceValue value) {
        if (value instanceof Members) {
            return "an object";
        }
        if (value instanceof Items items) {
            return list(items.items().size());
        }
        Scalar scalar = (Scalar) value;
        if (scalar.json().isNull() && scalar.written().isEmpty()) {
            return "no value";
        }
        return (scalar.json().isString() ? "text " + Quoted.text(scalar.written()) : scalar.written())
                + (scalar.source().isEmpty() ? "" : " (" + scalar.source() + ")");
    }

    private static String list(int items) {
        return switch (items) {
            case 0 -> "an empty list";
            case 1 -> "a list of 1 item";
            default -> "a list of " + items + " items";
        };
    }
}
