package dev.vaelab.experiment.likelihood;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
 */
public record LikelihoodFigures(
        LikelihoodStamp stamp,
        double logLikelihood,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double standardError,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double samplingError,
        double elbo,
        double effectiveSamples) {
    static final String EXTENSION = ".json";

    /**
     * The finished estimates of a run, for the weights that are its best ones now, in the order of their conditions.
     *
     * @throws InvalidInputException if a file is damaged
     */
    public static List<LikelihoodFigures> of(RunFolder run) {
        if (!Files.isDirectory(run.likelihoods())
                || !RegularFiles.isThere(run.checkpoints().best())) {
            return List.of();
        }
        List<LikelihoodFigures> all =
                files(run.likelihoods()).stream().map(LikelihoodFigures::read).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        String weights = Fingerprint.of(run.checkpoints().best());
        return all.stream()
                .filter(figures -> figures.stamp().weights().equals(weights))
                .sorted(Comparator.comparing(figures -> figures.stamp().conditions()))
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(EXTENSION)
                            && !file.toString().endsWith(LikelihoodRecord.EXTENSION))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    folder.toString(),
                    "a folder that cannot be read (" + FileFailures.reason(e) + ")",
                    "the likelihoods of a run"));
        }
    }

    private static LikelihoodFigures read(Path file) {
        LikelihoodFigures figures = JsonText.readFile(file, LikelihoodFigures.class);
        if (!Double.isFinite(figures.logLikelihood)) {
            throw new InvalidInputException(
                    Problem.of(file + ": logLikelihood", Double.toString(figures.logLikelihood), "a finite number"));
        }
        return figures;
    }
}
