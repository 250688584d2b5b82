package dev.vaelab.experiment.estimate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Fingerprint;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sampling.MixtureStamp;
import dev.vaelab.training.quality.SampleQuality;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How near samples of a model are to the images of a split.
 *
 * @param stamp what it is an estimate of; its samples are those of the model, as many as images
 * @param source where the latents were drawn from
 * @param features what images are compared by
 * @param quality of the samples
 * @param floor the same of other images in the place of the samples: what nobody can do better than, as the Fréchet distance of finitely
 *     many images is biased upwards; null where no other split has as many images
 */
@JsonIgnoreProperties(value = "conditions", allowGetters = true)
public record SampleQualityFigures(
        EstimateStamp stamp,
        Source source,
        Features features,
        SampleQuality quality,
        @JsonInclude(JsonInclude.Include.NON_NULL) Floor floor) {

    /**
     * Where the latents of samples are drawn from.
     *
     * @param prior {@code model} for the prior that it was trained with, {@code gmm} for a mixture that was fitted afterwards
     * @param mixture what that was fitted to; null for the model's prior
     */
    public record Source(
            String prior,
            @JsonInclude(JsonInclude.Include.NON_NULL) MixtureStamp mixture) {
        /** For people. */
        public String label() {
            return mixture == null
                    ? prior
                    : prior + " of " + mixture.components() + " (latents: " + mixture.latents() + ")";
        }
    }

    /**
     * What images are compared by.
     *
     * @param kind of the features
     * @param dimensions how many there are
     * @param accuracy of the classifier on the images that the samples are compared with; null where there is none
     */
    public record Features(
            String kind,
            int dimensions,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double accuracy) {}

    /**
     * Images in the place of samples.
     *
     * @param split where they are from
     * @param quality of them
     */
    public record Floor(String split, SampleQuality quality) {}

    /** In words, all that two figures must have in common to be compared. The likelihood of the pixels is not among it. */
    @JsonProperty("conditions")
    public String conditions() {
        return stamp.images() + " samples against as many " + stamp.split() + " images of " + stamp.dataset() + " ("
                + stamp.data() + ")"
                + (stamp.measure().binarization() == Binarization.THRESHOLD ? " in black and white" : "")
                + ", by " + features.dimensions() + " " + features.kind() + ", k "
                + SampleQuality.NEIGHBOURS;
    }

    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<SampleQualityFigures> in(RunFolder run) {
        return EstimateFiles.read(
                run, EstimateStamp.Kind.QUALITY, SampleQualityFigures.class, SampleQualityFigures::stamp);
    }

    /** The figures of a run under a stamp, if they were made already. */
    public static Optional<SampleQualityFigures> find(
            RunFolder run, EstimateStamp stamp, Source source, String features) {
        return EstimateFiles.find(
                        file(run, stamp, source, features),
                        SampleQualityFigures.class,
                        SampleQualityFigures::stamp,
                        stamp)
                .filter(figures -> figures.source().equals(source)
                        && figures.features().kind().equals(features));
    }

    /**
     * Keeps them in the folder of a run.
     *
     * @throws dev.vaelab.api.RunFailedException if that cannot be written to
     */
    public void write(RunFolder run) {
        EstimateFiles.makeFolder(run);
        RunFolder.writeText(file(run, stamp, source, features.kind()), JsonText.page(this));
    }

    private static Path file(RunFolder run, EstimateStamp stamp, Source source, String features) {
        return EstimateFiles.finished(run, stamp, Fingerprint.of(JsonText.line(Arrays.asList(source, features))));
    }
}
