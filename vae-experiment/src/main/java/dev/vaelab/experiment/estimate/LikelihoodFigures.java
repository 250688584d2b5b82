package dev.vaelab.experiment.estimate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.run.RunFolder;

/**
 * The likelihood of images by importance sampling, in nats per image.
 *
 * @param stamp what it is an estimate of
 * @param logLikelihood mean over the images of log 1/K sum of p(x|z) p(z) / q(z|x), a lower bound of log p(x) (Burda et al. 2016,
 *     equation 8)
 * @param standardError of that mean over images: their standard deviation over the square root of their number; null for one image
 * @param samplingError standard deviation of that mean over other draws of the latents (delta method); null for one sample
 * @param elbo mean of the logarithms of the weights: the ELBO of the same latents
 * @param effectiveSamples (sum of w)^2 / sum of w^2 of an image, mean over the images
 * @param bitsPerDimension {@code logLikelihood} as {@link dev.vaelab.training.likelihood.BitsPerDimension}; null where there is no
 *     convention for likelihood and pixels, and of estimates that were finished before it was kept
 */
public record LikelihoodFigures(
        EstimateStamp stamp,
        double logLikelihood,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double standardError,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double samplingError,
        double elbo,
        double effectiveSamples,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double bitsPerDimension) {
    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<LikelihoodFigures> in(RunFolder run) {
        return EstimateFiles.read(
                run, EstimateStamp.Kind.LIKELIHOOD, LikelihoodFigures.class, LikelihoodFigures::stamp);
    }
}
