package dev.vaelab.experiment.estimate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Fingerprint;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.scoring.ScoredImages;
import dev.vaelab.training.likelihood.BitsPerDimension;
import dev.vaelab.training.score.ImageComplexity;
import dev.vaelab.training.score.Ranking;
import dev.vaelab.training.score.Score;
import dev.vaelab.training.score.Separation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How well a model tells the images of another data set, which are the unusual ones, from images as it was trained on.
 *
 * @param stamp of the usual images; its samples are those by which log p(x) is estimated, or 0
 * @param against the same of the unusual images
 * @param usual name of the data set of the usual images, for people
 * @param unusual that of the unusual ones
 * @param complexity the compressor that measures it
 * @param codeLength whether -log p(x) is the length of a code of the pixels but for a constant, as the complexity is: where there is no
 *     {@link BitsPerDimension} of likelihood and pixels, as of grey ones under a Bernoulli likelihood, the difference of both is the
 *     logarithm of no ratio
 * @param confidence share of the resamples within an interval
 * @param resamples how often images were resampled for the intervals, by the seed of the stamp
 * @param scores what each of them comes to
 */
@JsonIgnoreProperties(value = "conditions", allowGetters = true)
public record SeparationFigures(
        EstimateStamp stamp,
        EstimateStamp against,
        String usual,
        String unusual,
        String complexity,
        boolean codeLength,
        double confidence,
        int resamples,
        List<ScoreFigures> scores) {
    /** Copies the list. */
    public SeparationFigures {
        scores = List.copyOf(scores);
    }

    /**
     * What a score comes to.
     *
     * @param score of each image; the larger, the more unusual
     * @param unit of the means
     * @param meanOfUsual mean over the usual images
     * @param meanOfUnusual mean over the unusual ones
     * @param separation how well it tells them apart
     */
    public record ScoreFigures(
            Score score, String unit, double meanOfUsual, double meanOfUnusual, Separation separation) {}

    /**
     * Computes them.
     *
     * @param likelihood of the pixels
     * @param streams where the resamples come from
     */
    public static SeparationFigures of(
            EstimateStamp stamp,
            EstimateStamp against,
            ScoredImages usual,
            ScoredImages unusual,
            Likelihood likelihood,
            RandomStreams streams) {
        List<Score> scores = Score.all(usual.withLikelihood() && unusual.withLikelihood());
        List<Separation> separations = Separation.of(
                scores.stream()
                        .map(score -> new Ranking(usual.values(score), unusual.values(score)))
                        .toList(),
                streams);
        List<ScoreFigures> figures = new ArrayList<>();
        for (int index = 0; index < scores.size(); index++) {
            Score score = scores.get(index);
            figures.add(new ScoreFigures(
                    score,
                    score.unit(),
                    mean(usual.values(score)),
                    mean(unusual.values(score)),
                    separations.get(index)));
        }
        return new SeparationFigures(
                stamp,
                against,
                usual.dataset(),
                unusual.dataset(),
                ImageComplexity.COMPRESSOR,
                Stream.of(usual, unusual)
                        .allMatch(scored ->
                                BitsPerDimension.of(likelihood, scored.images()).isPresent()),
                Separation.CONFIDENCE,
                Separation.RESAMPLES,
                figures);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /** In words, all that two figures must have in common to be compared. */
    @JsonProperty("conditions")
    public String conditions() {
        return stamp.measure().label() + ", " + stamp.images() + " " + stamp.split() + " images of " + usual + " ("
                + stamp.data() + ") against " + against.images() + " of " + unusual + " (" + against.data() + ")"
                + (stamp.samples() == 0 ? "" : ", K " + stamp.samples());
    }

    /** What a score comes to, if it was computed. */
    public Optional<Separation> separation(Score score) {
        return scores.stream()
                .filter(figures -> figures.score() == score)
                .map(ScoreFigures::separation)
                .findFirst();
    }

    /** What tells them from those of other images, in a few signs. */
    public String told() {
        return Fingerprint.of(stamp.fingerprint() + against.fingerprint());
    }

    /** Those of a run, for the weights that are its best ones now, in the order of their conditions; and which files are damaged. */
    static EstimateFiles.Found<SeparationFigures> in(RunFolder run) {
        return EstimateFiles.read(
                run, EstimateStamp.Kind.SEPARATION, SeparationFigures.class, SeparationFigures::stamp);
    }

    /**
     * Keeps them in the folder of a run.
     *
     * @throws dev.vaelab.api.RunFailedException if that cannot be written to
     */
    public void write(RunFolder run) {
        EstimateFiles.makeFolder(run);
        RunFolder.writeText(EstimateFiles.finished(run, stamp, against.fingerprint()), JsonText.page(this));
    }

    /** Where the page of them is, in the folder of a run. */
    public Path page(RunFolder run) {
        return run.path().resolve("score-" + stamp.split() + "-" + told() + ".html");
    }
}
