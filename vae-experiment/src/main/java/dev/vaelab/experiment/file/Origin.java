package dev.vaelab.experiment.file;

import java.util.Comparator;

/** Where a key or value comes from. Origins are ordered as their problems are reported: layer by layer. */
sealed interface Origin extends Comparable<Origin> {
    /** Reports the named file first, then those that it extends, then what lies over them. */
    Comparator<Origin> ORDER = Comparator.comparing(Origin::layer)
            .thenComparingInt(Origin::source)
            .thenComparingInt(Origin::line)
            .thenComparingInt(Origin::column);

    /** The place of a problem at this origin, for a person. */
    String place(KeyPath path);

    /** Which part of an experiment it belongs to. */
    Layer layer();

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

    /** The parts that an experiment is laid together from, each over the one before. */
    enum Layer {
        /** The experiment file and those that it extends. */
        EXPERIMENT,
        /** The sweep that varies the experiment. */
        SWEEP,
        /** Options. */
        COMMAND_LINE
    }

    /**
     * A place in a file.
     *
     * @param file the file as the person named it
     * @param layer what the file is
     * @param source 0 for the file that was named, 1 for the one that it extends, and so on
     */
    record InFile(String file, Layer layer, int source, int line, int column) implements Origin {
        @Override
        public String place(KeyPath path) {
            String position = file + ":" + line + ":" + column;
            return path.text().isEmpty() ? position : position + " " + path.text();
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
        public Layer layer() {
            return Layer.COMMAND_LINE;
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
