package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where the images come from that choose the best checkpoint. */
public enum ValidationFrom {
    /** From the training images, drawn by the seed. */
    @JsonProperty("random")
    RANDOM,
    /** The last of the training images, in the order of their files: the same ones for every seed. */
    @JsonProperty("last")
    LAST,
    /** Images of the data set's own, beside those to train and to test on. */
    @JsonProperty("file")
    FILE;

    /** The name for people and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
