package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.experiment.FigureStamp.Metric;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

/**
 * A figure of the {@code published} part: what a paper prints for the experiment, and what it is of. What the paper does not say
 * is left out.
 *
 * @param paper authors, year and where to find it
 * @param table the table of the paper, as it is numbered there
 * @param row which row and column of it
 * @param metric what was measured
 * @param value the figure; nats per image, or a number of units
 * @param dataset name of the data set
 * @param split which of its images, all of them
 * @param reconstruction likelihood of the pixels
 * @param binarization what became of intensities
 * @param samples latents of each image, for a likelihood only, where it has to be said
 * @param condition what the model knows of an image beside it; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublishedFigure(
        @JsonProperty(required = true) @JsonPropertyDescription("Authors, year and where to find the paper.")
        String paper,

        @JsonProperty(required = true) @JsonPropertyDescription("The table, as the paper numbers it.")
        String table,

        @JsonProperty(required = true) @JsonPropertyDescription("Row and column of the table.")
        String row,

        @JsonProperty(required = true) @JsonPropertyDescription("What was measured.")
        Metric metric,

        @JsonProperty(required = true) @JsonPropertyDescription("The figure: nats per image, or a number of units.")
        Double value,

        @JsonProperty(required = true) @JsonPropertyDescription("Name of the data set.")
        String dataset,

        @Pattern(regexp = "^(train|validation|test)$", message = "one of train, validation, test")
        @JsonPropertyDescription("Which of its images, all of them. Leave out what the paper does not say.")
        String split,

        @JsonPropertyDescription("Likelihood of the pixels, as loss.reconstruction has it.")
        String reconstruction,

        @JsonPropertyDescription("What became of intensities between black and white.")
        Binarization binarization,

        @Positive @JsonPropertyDescription("Latents of each image, for negative-log-likelihood only, which needs it.")
        Integer samples,

        @JsonPropertyDescription("What the model knows of an image beside it, as model.condition has it.")
        ModelConfig.Condition condition) {
    /** What the figure is of. */
    public FigureStamp stamp() {
        return new FigureStamp(metric, dataset, split, reconstruction, binarization, samples, condition);
    }

    /** Where it is printed: {@code Burda et al. 2016, table 1, VAE, k = 1}. */
    public String place() {
        return paper + ", table " + table + ", " + row;
    }
}
