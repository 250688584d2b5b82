package dev.vaelab.experiment.scoring;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.Score;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores of images as a table of comma-separated values (RFC 4180, UTF-8): a header, then a row for each image.
 *
 * <p>The columns are {@code index} (which of the data set's images it is, from 0), {@code label}, {@code reconstruction}, {@code kl} and
 * {@code negative_elbo} in nats, {@code complexity} and {@code negative_elbo_ratio} in bits (see {@link Score}), where log p(x) was
 * estimated {@code log_likelihood} in nats, {@code effective_samples} and {@code likelihood_ratio} in bits, of two data sets {@code
 * dataset}, and {@code class}, the name of the label, which is empty where nobody knows it. A number has as many digits as it takes to get
 * the same one back.
 */
public final class ScoreFile {
    private ScoreFile() {}

    /**
     * Writes the scores of a data set, or of several one after the other; a file of this name is replaced, or left as it was if writing
     * fails.
     *
     * @param datasets at least one; with log p(x) all, or none
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, List<ScoredImages> datasets) throws IOException {
        boolean several = datasets.size() > 1;
        try {
            AtomicFiles.write(file, stream -> {
                // Flushed and not closed: the stream belongs to whoever keeps the file whole.
                CsvWriter rows = CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                rows.writeRecord(header(datasets.get(0).withLikelihood(), several));
                for (ScoredImages images : datasets) {
                    for (int image = 0; image < images.count(); image++) {
                        rows.writeRecord(row(images, image, several));
                    }
                }
                rows.flush();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> header(boolean withLikelihood, boolean several) {
        List<String> header = new ArrayList<>(List.of(
                "index", "label", "reconstruction", "kl", "negative_elbo", "complexity", "negative_elbo_ratio"));
        if (withLikelihood) {
            header.addAll(List.of("log_likelihood", "effective_samples", "likelihood_ratio"));
        }
        if (several) {
            header.add("dataset");
        }
        header.add("class");
        return header;
    }

    private static List<String> row(ScoredImages images, int image, boolean several) {
        ImageScore score = images.score(image);
        long complexity = images.complexity(image);
        List<String> row = new ArrayList<>();
        row.add(Integer.toString(images.images().source(image)));
        row.add(Integer.toString(images.images().label(image)));
        // They were float32 in the engine.
        row.add(Float.toString((float) score.reconstruction()));
        row.add(Float.toString((float) score.kl()));
        row.add(Double.toString(score.negativeElbo()));
        row.add(Long.toString(complexity));
        row.add(Double.toString(Score.NEGATIVE_ELBO_RATIO.of(score, complexity)));
        if (images.withLikelihood()) {
            ImageLikelihood likelihood = score.likelihood().orElseThrow();
            row.add(Double.toString(likelihood.logLikelihood()));
            row.add(Double.toString(likelihood.effectiveSamples()));
            row.add(Double.toString(Score.LIKELIHOOD_RATIO.of(score, complexity)));
        }
        if (several) {
            row.add(images.dataset());
        }
        row.add(images.className(image).orElse(""));
        return row;
    }
}
