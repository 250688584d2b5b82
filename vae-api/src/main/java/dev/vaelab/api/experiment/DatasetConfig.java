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
 * @param validation images to validate on, or a fraction of those from which they are taken; default 10,000 of the training
 *     images, or all of a file of their own. With 0 there are none, and the last checkpoint is the result in the place of the one
 *     with the lowest validation loss
 * @param validationFrom where they come from; default random
 * @param train images to train on, chosen by the seed; all that validation leaves if absent
 * @param test images to test on, the first ones; all if absent
 * @param binarization what becomes of intensities between black and white; default none
 * @param binarizationSeed seed of what is drawn once: of all images for fixed, of those that are evaluated for stochastic; the
 *     experiment's if absent
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

        @JsonPropertyDescription(
                "Images to validate on, 0 for none; or a fraction between 0 and 1 of those from which they are"
                        + " taken. Default: 10000, or all of a file of their own.")
        ValidationSize validation,

        @JsonPropertyDescription(
                "Where they come from: drawn from the training images by the seed (random), the last of the"
                        + " training images (last), or files of their own (file). Default: random.")
        ValidationFrom validationFrom,

        @Positive @JsonPropertyDescription("Images to train on. Default: all that validation leaves.")
        Integer train,

        @Positive @JsonPropertyDescription("Images to test on, the first ones. Default: all.")
        Integer test,

        @JsonPropertyDescription(
                "What becomes of intensities between black and white; stochastic draws afresh in every epoch, fixed once.")
        Binarization binarization,

        @JsonPropertyDescription(
                "Seed of what is drawn once, for fixed and stochastic only. Default: the experiment's.")
        Long binarizationSeed) {
    /** Fills in the defaults of {@code binarization}, {@code validation} and {@code validationFrom}. */
    public DatasetConfig {
        size = size == null ? null : List.copyOf(size);
        binarization = binarization == null ? Binarization.NONE : binarization;
        validationFrom = validationFrom == null ? ValidationFrom.RANDOM : validationFrom;
        if (validationFrom != ValidationFrom.FILE) {
            validation = validation == null ? ValidationSize.ofImages(10_000) : validation;
        }
    }

    /** For the kinds that have one data set only, and draw their validation images from the training images. */
    public DatasetConfig(
            String name,
            String path,
            List<Integer> size,
            ColorMode color,
            Integer validation,
            Integer train,
            Integer test,
            Binarization binarization) {
        this(
                name,
                path,
                null,
                size,
                color,
                validation == null ? null : ValidationSize.ofImages(validation),
                null,
                train,
                test,
                binarization,
                null);
    }

    /**
     * How many of the training images validate.
     *
     * @param available training images of the data set
     */
    public int validationOfTraining(int available) {
        return validationFrom == ValidationFrom.FILE ? 0 : validation.of(available);
    }

    /** The same images in another size, height and width. */
    public DatasetConfig withSize(List<Integer> newSize) {
        return new DatasetConfig(
                name,
                path,
                split,
                newSize,
                color,
                validation,
                validationFrom,
                train,
                test,
                binarization,
                binarizationSeed);
    }

    /** The same images in another folder. */
    public DatasetConfig withPath(String newPath) {
        return new DatasetConfig(
                name,
                newPath,
                split,
                size,
                color,
                validation,
                validationFrom,
                train,
                test,
                binarization,
                binarizationSeed);
    }

    /** The same but for the place where the data are. */
    public DatasetConfig withoutPath() {
        return withPath(null);
    }

    /** What decides which images are read: all but the sizes of the parts, which are cut from them, and the binarization. */
    public DatasetConfig source() {
        ValidationFrom file = validationFrom == ValidationFrom.FILE ? validationFrom : null;
        return new DatasetConfig(name, path, split, size, color, null, file, null, null, null, null);
    }
}
