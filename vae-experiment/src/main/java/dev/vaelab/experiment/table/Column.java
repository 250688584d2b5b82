package dev.vaelab.experiment.table;

/**
 * A column of a table in a file.
 *
 * @param name unlike those of the others
 */
public record Column(String name, Type type) {
    /** What its values are. */
    public enum Type {
        /** {@link Integer}. */
        INT,
        /** {@link Long}. */
        LONG,
        /** {@link Float}. */
        FLOAT,
        /** {@link Double}. */
        DOUBLE,
        /** {@link String}. */
        TEXT
    }
}
