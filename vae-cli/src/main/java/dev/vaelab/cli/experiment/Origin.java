package dev.vaelab.cli.experiment;

import java.util.Comparator;

/** Where a key or value comes from. Origins are ordered as their problems are reported. */
sealed interface Origin extends Comparable<Origin> {
    /** Reports the named file first, then those that it extends, then the command line. */
    Comparator<Origin> ORDER = Comparator.comparing(Origin::isCommandLine)
            .thenComparingInt(Origin::source)
            .thenComparingInt(Origin::line)
            .thenComparingInt(Origin::column);

    /** The place of a problem at this origin, for a person. */
    String place(KeyPath path);

    /** Whether this is an argument rather than a place in a file. */
    boolean isCommandLine();

    /** Which file or argument, counted from 0. */
    int source();

    /** The line in a file, counted from 1. */
    int line();

    /** The column in a file, counted from 1. */
    int column();

    @Override
    default int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    /**
     * A place in a file.
     *
     * @param file the file as the person named it
     * @param source 0 for the file that was named, 1 for the one that it extends, and so on
     */
    record InFile(String file, int source, int line, int column) implements Origin {
        @Override
        public String place(KeyPath path) {
            String position = file + ":" + line + ":" + column;
            return path.text().isEmpty() ? position : position + " " + path.text();
        }

        @Override
        public boolean isCommandLine() {
            return false;
        }
    }

    /**
     * An argument of the command line.
     *
     * @param option the option, or what else is to be named as the place
     * @param source which of the options, or -1 for the file itself
     * @param namesKey whether the key belongs into the place
     */
    record Argument(String option, int source, boolean namesKey) implements Origin {
        @Override
        public String place(KeyPath path) {
            return namesKey && !path.text().isEmpty() ? option + " " + path.text() : option;
        }

        @Override
        public boolean isCommandLine() {
            return true;
        }

        @Override
        public int line() {
            return 1;
        }

        @Override
        public int column() {
            return 1;
        }
    }
}
