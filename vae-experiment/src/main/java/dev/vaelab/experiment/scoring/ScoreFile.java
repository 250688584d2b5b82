package dev.vaelab.experiment.scoring;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.CsvRows;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        AtomicFiles.write(file, stream -> {
            try (CsvRows rows = new CsvRows(stream)) {
                rows.header(columns(datasets.get(0).withLikelihood(), several));
                for (ScoredImages images : datasets) {
                    for (int image = 0; image < images.count(); image++) {
                        rows.write(row(
                                images.images().source(image),
                                images.images().label(image),
                                images.score(image),
                                images.complexity(image),
                                Optional.of(images.dataset()).filter(name -> several),
                                images.className(image).orElse("")));
                    }
                }
            }
        });
    }

    /**
     * The columns.
     *
     * @param withLikelihood whether log p(x) was estimated
     * @param several whether the images are of more than one data set
     */
    public static List<Column> columns(boolean withLikelihood, boolean several) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("index", Column.Type.LONG),
                new Column("label", Column.Type.INT),
                new Column("reconstruction", Column.Type.FLOAT),
                new Column("kl", Column.Type.FLOAT),
                new Column("negative_elbo", Column.Type.DOUBLE),
                new Column("complexity", Column.Type.LONG),
                new Column("negative_elbo_ratio", Column.Type.DOUBLE)));
        if (withLikelihood) {
            columns.add(new Column("log_likelihood", Column.Type.DOUBLE));
            columns.add(new Column("effective_samples", Column.Type.DOUBLE));
            columns.add(new Column("likelihood_ratio", Column.Type.DOUBLE));
        }
        if (several) {
            columns.add(new Column("dataset", Column.Type.TEXT));
        }
        columns.add(new Column("class", Column.Type.TEXT));
        return columns;
    }

    /**
     * The row of an image.
     *
     * @param index which image it is, from 0
     * @param complexity in bits
     * @param dataset its name, of several
     * @param className what the label stands for; empty where nobody knows
     */
    public static Object[] row(
            long index, int label, ImageScore score, long complexity, Optional<String> dataset, String className) {
        List<Object> row = new ArrayList<>();
        row.add(index);
        row.add(label);
        // They were float32 in the engine.
        row.add((float) score.reconstruction());
        row.add((float) score.kl());
        row.add(score.negativeElbo());
        row.add(complexity);
        row.add(Score.NEGATIVE_ELBO_RATIO.of(score, complexity));
        score.likelihood().ifPresent(likelihood -> {
            row.add(likelihood.logLikelihood());
            row.add(likelihood.effectiveSamples());
            row.add(Score.LIKELIHOOD_RATIO.of(score, complexity));
        });
        dataset.ifPresent(row::add);
        row.add(className);
        return row.toArray();
    }
}
