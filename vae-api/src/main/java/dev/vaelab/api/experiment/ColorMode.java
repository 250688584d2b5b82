package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The colours in which pictures are read. */
public enum ColorMode {
    /** One channel: luminance, which is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    @JsonProperty("grey")
    GREY(1),
    /** Three channels: red, green and blue. */
    @JsonProperty("rgb")
    RGB(3);

    private final int channels;

    ColorMode(int channels) {
        this.channels = channels;
    }

    /** Channels of an image in these colours. */
    public int channels() {
        return channels;
    }

    /** The name for people and files: {@code grey} or {@code rgb}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
