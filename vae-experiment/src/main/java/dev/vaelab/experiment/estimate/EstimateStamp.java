package dev.vaelab.experiment.estimate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataIdentity;
import dev.vaelab.experiment.run.Fingerprint;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an estimate is an estimate of. Estimates are compared only if they are of the same {@link #conditions};
 * one that was interrupted goes on only if all of the stamp is the same.
 *
 * @param dataset kind of the data set, as experiment files name it
 * @param data tells data of one kind from each other, by the checksums of the files, whatever the folder that they are in
 * @param measure likelihood of the pixels, and what became of intensities; never a loss, as log p(x) knows none
 * @param split which images
 * @param images how many they are
 * @param kind of the estimate, and what its samples are called
 * @param samples of each image, or of all images, or images that are learned from: as many as the kind says; 0 where none are drawn
 * @param seed where their noise comes from
 * @param backend name of the engine
 * @param weights checksum of the file of weights
 * @param model checksum of the keys of the experiment that say what the weights are of
 * @param pixels checksum of the images as the model sees them, in their order
 */
@JsonIgnoreProperties(value = "conditions", allowGetters = true)
public record EstimateStamp(
        Kind kind,
        String dataset,
        String data,
        Measure measure,
        String split,
        int images,
        int samples,
        long seed,
        String backend,
        String weights,
        String model,
        String pixels) {
    /** What is estimated. */
    public enum Kind {
        /** log p(x), by K latents of each image. */
        @JsonProperty("likelihood")
        LIKELIHOOD("K"),
        /** The parts of the KL term, by M latents of the aggregate posterior. */
        @JsonProperty("decomposition")
        DECOMPOSITION("M"),
        /** How near samples are to images, by N samples of the model. */
        @JsonProperty("quality")
        QUALITY("N"),
        /** How well labels are told from posterior means, learned from those of N training images. */
        @JsonProperty("probe")
        PROBE("N"),
        /** What G images that the model made of labels are taken for. */
        @JsonProperty("fidelity")
        FIDELITY("G"),
        /** How well another data set is told apart, log p(x) being estimated by K latents of each image, or not at all. */
        @JsonProperty("separation")
        SEPARATION("K");

        private final String samples;

        Kind(String samples) {
            this.samples = samples;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The stamp of an estimate that is to be made.
     *
     * @param likelihood of the pixels
     * @param images all of the split
     * @param weights a safetensors file
     */
    public static EstimateStamp of(
            Kind kind,
            ExperimentConfig config,
            Dataset dataset,
            Likelihood likelihood,
            Split split,
            ImageSubset images,
            int samples,
            Path weights) {
        Measure measure = measure(config, likelihood);
        return new EstimateStamp(
                kind,
                config.dataset().name(),
                DataIdentity.of(dataset.checksums()),
                measure,
                split.toString(),
                images.count(),
                samples,
                config.seed(),
                config.backend(),
                Fingerprint.of(weights),
                Fingerprint.of(JsonText.line(List.of(config.model(), config.prior(), config.sampler(), measure))),
                Fingerprint.of(images));
    }

    /**
     * The stamp of a likelihood of images in files, which no machine has all of: they are told by where they are.
     *
     * @param likelihood of the pixels
     * @param path of the files
     * @param images how many they are
     * @param weights a safetensors file
     */
    public static EstimateStamp ofFiles(
            ExperimentConfig config, Likelihood likelihood, String path, int images, int samples, Path weights) {
        Measure measure = measure(config, likelihood);
        return new EstimateStamp(
                Kind.LIKELIHOOD,
                "files",
                path,
                measure,
                Split.TEST.toString(),
                images,
                samples,
                config.seed(),
                config.backend(),
                Fingerprint.of(weights),
                Fingerprint.of(JsonText.line(List.of(config.model(), config.prior(), config.sampler(), measure))),
                Fingerprint.of(path));
    }

    /**
     * What log p(x) of an experiment's model is measured under, which knows no loss.
     *
     * @param likelihood of the pixels
     */
    public static Measure measure(ExperimentConfig config, Likelihood likelihood) {
        return new Measure(
                null,
                likelihood.name(),
                config.dataset().binarization(),
                config.model().condition(),
                keys(config.loss().keys(), likelihood));
    }

    /** Loss and likelihood have their keys in one place. */
    private static Map<String, Object> keys(Map<String, Object> keys, Likelihood likelihood) {
        List<String> own = Arrays.stream(likelihood.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        Map<String, Object> chosen = new LinkedHashMap<>(keys);
        chosen.keySet().retainAll(own);
        return chosen;
    }

    /** In words, all that two estimates must have in common to be compared. */
    @JsonProperty("conditions")
    public String conditions() {
        return measure.label() + " on " + dataset + " (" + data + "), " + images + " " + split + " images, "
                + kind.samples + " " + samples;
    }

    /** The name of its files, without what follows the point: {@code likelihood-test-5000-1f0c2a...}. */
    String fileName() {
        return kind + "-" + split + "-" + samples + "-" + fingerprint();
    }

    /** What tells it from others. */
    String fingerprint() {
        return Fingerprint.of(JsonText.line(this));
    }
}
