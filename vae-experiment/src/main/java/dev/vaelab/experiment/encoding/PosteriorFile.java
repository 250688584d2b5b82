package dev.vaelab.experiment.encoding;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        try {
            AtomicFiles.write(file, stream -> {
                // Flushed and not closed: the stream belongs to whoever keeps the file whole.
                CsvWriter rows = CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                rows.writeRecord(header(model.architecture().latent()));
                for (int from = 0; from < images.count(); from += batchSize) {
                    int count = Math.min(batchSize, images.count() - from);
                    writeRows(rows, images, from, PosteriorValues.of(model, images, from, count), classNames);
                }
                rows.flush();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeRows(
            CsvWriter rows, ImageSubset images, int from, PosteriorValues posteriors, List<String> classNames) {
        for (int image = 0; image < posteriors.count(); image++) {
            int label = images.label(from + image);
            List<String> row = new ArrayList<>();
            row.add(Integer.toString(images.source(from + image)));
            row.add(Integer.toString(label));
            for (int dimension = 0; dimension < posteriors.latent(); dimension++) {
                row.add(Float.toString(posteriors.means()[image * posteriors.latent() + dimension]));
            }
            for (int dimension = 0; dimension < posteriors.latent(); dimension++) {
                row.add(Float.toString(posteriors.deviation(image, dimension)));
            }
            row.add(label < classNames.size() ? classNames.get(label) : "");
            rows.writeRecord(row);
        }
    }

    private static List<String> header(int latent) {
        List<String> header = new ArrayList<>(List.of("index", "label"));
        IntStream.rangeClosed(1, latent).forEach(dimension -> header.add(MEAN + dimension));
        IntStream.rangeClosed(1, latent).forEach(dimension -> header.add("deviation_" + dimension));
        header.add("class");
        return header;
    }
}
