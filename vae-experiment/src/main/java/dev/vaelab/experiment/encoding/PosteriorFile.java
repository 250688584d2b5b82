package dev.vaelab.experiment.encoding;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.CsvRows;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Posteriors of images as a table of comma-separated values (RFC 4180, UTF-8): a header, then a row for each image.
 *
 * <p>The columns are {@code index} (which of the data set's images it is, from 0), {@code label}, the posterior means
 * {@code mean_1}, {@code mean_2} and so on, the posterior standard deviations {@code deviation_1}, {@code deviation_2}
 * and so on, and {@code class}, the name of the label, which is empty where nobody knows it. That column is the last one, so that
 * programs that count columns find the numbers where they have always been. A number has as many digits as it takes to get
 * the same float32 back.
 */
public final class PosteriorFile {
    /** What columns of posterior means are called, before their number. */
    static final String MEAN = "mean_";

    private PosteriorFile() {}

    /**
     * Encodes images and writes their posteriors; a file of this name is replaced, or left as it was if writing fails.
     *
     * @param classNames what the labels stand for, the name of label 0 first; as many as are known
     * @param batchSize images to encode at once
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, VaeModel<?> model, ImageSubset images, List<String> classNames, int batchSize)
            throws IOException {
        AtomicFiles.write(file, stream -> {
            try (CsvRows rows = new CsvRows(stream)) {
                rows.header(columns(model.architecture().latent()));
                for (int from = 0; from < images.count(); from += batchSize) {
                    int count = Math.min(batchSize, images.count() - from);
                    PosteriorValues posteriors = PosteriorValues.of(model, images, from, count);
                    for (int image = 0; image < count; image++) {
                        rows.write(row(
                                images.source(from + image),
                                images.label(from + image),
                                classNames,
                                posteriors,
                                image));
                    }
                }
            }
        });
    }

    /** The columns, for a latent space of so many dimensions. */
    public static List<Column> columns(int latent) {
        List<Column> columns =
                new ArrayList<>(List.of(new Column("index", Column.Type.LONG), new Column("label", Column.Type.INT)));
        IntStream.rangeClosed(1, latent)
                .forEach(dimension -> columns.add(new Column(MEAN + dimension, Column.Type.FLOAT)));
        IntStream.rangeClosed(1, latent)
                .forEach(dimension -> columns.add(new Column("deviation_" + dimension, Column.Type.FLOAT)));
        columns.add(new Column("class", Column.Type.TEXT));
        return columns;
    }

    /**
     * The row of an image.
     *
     * @param index which image it is, from 0
     * @param classNames what the labels stand for, the name of label 0 first; as many as are known
     * @param posteriors of a batch
     * @param image which of the batch it is
     */
    public static Object[] row(long index, int label, List<String> classNames, PosteriorValues posteriors, int image) {
        int latent = posteriors.latent();
        Object[] row = new Object[2 + 2 * latent + 1];
        row[0] = index;
        row[1] = label;
        for (int dimension = 0; dimension < latent; dimension++) {
            row[2 + dimension] = posteriors.means()[image * latent + dimension];
            row[2 + latent + dimension] = posteriors.deviation(image, dimension);
        }
        row[2 + 2 * latent] = label < classNames.size() ? classNames.get(label) : "";
        return row;
    }
}
