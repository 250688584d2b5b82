package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The {@code dataset} part: which images, and how they are split.
 *
 * @param name a data set's name, as {@code ./vae datasets} lists them
 * @param path the folder that holds the data, for the kinds that read one; relative to the working folder
 * @param split which data set of several in the folder, for the kinds that have several under one name, as EMNIST
 * @param size height and width to which pictures are resized, for the kinds that read pictures, each at most 65,535 as in
 *     JPEG; if absent they are taken as they are, and must all have one size
 * @param color colours in which pictures are read, for the kinds that read pictures; if absent they are grey if every
 *     picture is, else RGB
 * @param validation images taken from the training images to validate on, chosen by the seed; at least one, since
 *     the checkpoint with the lowest validation loss is the result; default 10,000
 * @param train images to train on, chosen by the seed; all that validation leaves if absent
 * @param test images to test on, the first ones; all if absent
 * @param binarization what becomes of intensities between black and white; default none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("A data set's name, as ./vae datasets lists them.")
        String name,

        @JsonPropertyDescription("The folder that holds the data, for the kinds that read one.")
        String path,

        @JsonPropertyDescription(
                "Which data set of several in the folder, for the kinds that have several: letters of emnist, for example.")
        String split,

        @Size(min = 2, max = 2)
        @JsonPropertyDescription("Height and width to which pictures are resized, for the kinds that read pictures."
                + " Default: pictures stay as they are and must all have one size.")
        List<@Positive @Max(65_535) Integer> size,

        @JsonPropertyDescription("Colours in which pictures are read, for the kinds that read pictures."
                + " Default: grey if every picture is, else rgb.")
        ColorMode color,

        @Positive @JsonPropertyDescription("Images taken from the training images to validate on.")
        Integer validation,

        @Positive @JsonPropertyDescription("Images to train on. Default: all that validation leaves.")
        Integer train,

        @Positive @JsonPropertyDescription("Images to test on, the first ones. Default: all.")
        Integer test,

        @JsonPropertyDescription(
                "What becomes of intensities between black and white; stochastic draws afresh in every epoch, fixed once.")
        Binarization binarization) {
    /** Fills in the defaults of {@code binarization} and {@code validation}. */
    public DatasetConfig {
        size = size == null ? null : List.copyOf(size);
        binarization = binarization == null ? Binarization.NONE : binarization;
        validation = validation == null ? Integer.valueOf(10_000) : validation;
    }

    /** The same but for the place where the data are. */
    public DatasetConfig withoutPath() {
        return new DatasetConfig(name, null, split, size, color, validation, train, test, binarization);
    }

    /** For the kinds that have one data set only. */
    public DatasetConfig(
            String name,
            String path,
            List<Integer> size,
            ColorMode color,
            Integer validation,
            Integer train,
            Integer test,
            Binarization binarization) {
        this(name, path, null, size, color, validation, train, test, binarization);
    }
}
