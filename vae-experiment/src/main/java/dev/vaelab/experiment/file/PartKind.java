package dev.vaelab.experiment.file;

/** The kinds of parts that a file chooses by name, and where it does. */
enum PartKind {
    LOSS("loss", "name"),
    LIKELIHOOD("loss", "reconstruction"),
    PRIOR("prior", "name"),
    SAMPLER("sampler", "name");

    private final String object;
    private final String chooser;

    PartKind(String object, String chooser) {
        this.object = object;
        this.chooser = chooser;
    }

    /** The object in which the choice, and the keys that the chosen one has of its own, are. */
    String object() {
        return object;
    }

    /** The key of the choice. */
    String chooser() {
        return chooser;
    }
}
