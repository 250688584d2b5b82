package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.RowWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Files of images, and tables in files, that only a cluster's own libraries know: Parquet, and file systems that no machine mounts. */
public interface ImageFiles {
    /**
     * A stretch of images that lie together, and fall into batches from its first one on.
     *
     * @param kind how they are read; the business of whoever made the stretch
     * @param file where they are
     * @param place of the first one among the images of the file, from 0
     * @param first place of the first one among all images, from 0
     * @param count how many
     * @param cut parts may begin at its multiples, where a batch begins; 0 if the stretch is for one part alone
     */
    record Stretch(String kind, String file, long place, long first, int count, int cut) {
        /** Some of its images, from one on at which it may be cut. */
        Stretch some(int from, int many) {
            return new Stretch(kind, file, place + from, first + from, many, cut);
        }

        /** As what crosses to another machine. */
        Object[] packed() {
            return new Object[] {kind, file, place, first, count, cut};
        }

        static Stretch unpack(Object... packed) {
            return new Stretch(
                    (String) packed[0],
                    (String) packed[1],
                    (Long) packed[2],
                    (Long) packed[3],
                    (Integer) packed[4],
                    (Integer) packed[5]);
        }
    }

    /**
     * An image of a file.
     *
     * @param index what the file calls it, or its place among all images
     * @param label 0 where there are none
     * @param pixels in [0,1], in the order of the shape
     */
    record StoredImage(long index, int label, float... pixels) {}

    /** Reads the images of a stretch one after the other. */
    interface Reader extends Closeable {
        /**
         * The next image; the caller asks for no more than there are.
         *
         * @throws dev.vaelab.api.InvalidInputException if the file is damaged, or the image is none of the model's
         */
        StoredImage next();
    }

    /**
     * Looks through files, in the order of their names; no pixel is read.
     *
     * @param path a file, or a folder of files
     * @param multiple stretches may be cut at multiples of so many images, where that costs little
     * @param labelled whether the model needs labels
     * @throws dev.vaelab.api.InvalidInputException if there is nothing, or a file is damaged or has no images of the model
     */
    List<Stretch> stretches(String path, ImageShape shape, int multiple, boolean labelled);

    /** Opens a stretch. */
    Reader open(Stretch stretch, ImageShape shape);

    /** Writes a table as a Parquet file, which takes the place of one that is there. */
    RowWriter parquet(Path file, List<Column> columns) throws IOException;

    /**
     * Those of the program that runs.
     *
     * @throws RunFailedException if it was started without
     */
    static ImageFiles ofProgram() {
        return ServiceLoader.load(ImageFiles.class, ImageFiles.class.getClassLoader())
                .findFirst()
                .orElseThrow(() ->
                        new RunFailedException("found nothing that reads Parquet in this process, expected the program"
                                + " to be started by the launcher (vae spark) or by spark-submit"));
    }
}
