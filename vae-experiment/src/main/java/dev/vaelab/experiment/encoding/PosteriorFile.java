package dev.vaelab.experiment.encoding;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Posteriors of images as a table of comma-separated values (RFC 4180): a header, then a row for each image.
 *
 * <p>The columns are {@code index} (which of the data set's images it is, from 0), {@code label}, the posterior means
 * {@code mean_1}, {@code mean_2} and so on, and the posterior standard deviations {@code deviation_1}, {@code deviation_2}
 * and so on. A number has as many digits as it takes to get the same float32 back.
 */
public final class PosteriorFile {
    private static final String LINE_END = "\r\n";

    private PosteriorFile() {}

    /**
     * Encodes images and writes their posteriors; a file of this name is replaced, or left as it was if writing fails.
     *
     * @param batchSize images to encode at once
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, VaeModel<?> model, ImageSubset images, int batchSize) throws IOException {
        AtomicFiles.write(file, stream -> {
            writeLine(stream, header(model.architecture().latent()));
            for (int from = 0; from < images.count(); from += batchSize) {
                int count = Math.min(batchSize, images.count() - from);
                writeRows(stream, images, from, PosteriorValues.of(model, images, from, count));
            }
        });
    }

    private static void writeRows(OutputStream stream, ImageSubset images, int from, PosteriorValues posteriors)
            throws IOException {
        for (int image = 0; image < posteriors.count(); image++) {
            StringBuilder row = new StringBuilder();
            row.append(images.source(from + image)).append(',').append(images.label(from + image));
            for (int dimension = 0; dimension < posteriors.latent(); dimension++) {
                row.append(',').append(posteriors.means()[image * posteriors.latent() + dimension]);
            }
            for (int dimension = 0; dimension < posteriors.latent(); dimension++) {
                row.append(',').append(posteriors.deviation(image, dimension));
            }
            writeLine(stream, row);
        }
    }

    private static CharSequence header(int latent) {
        StringBuilder header = new StringBuilder("index,label");
        IntStream.rangeClosed(1, latent)
                .forEach(dimension -> header.append(",mean_").append(dimension));
        IntStream.rangeClosed(1, latent)
                .forEach(dimension -> header.append(",deviation_").append(dimension));
        return header;
    }

    private static void writeLine(OutputStream stream, CharSequence line) throws IOException {
        stream.write((line + LINE_END).getBytes(StandardCharsets.US_ASCII));
    }
}
