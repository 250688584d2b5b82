package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.CsvRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * The table of a job, which its parts write in pieces.
 *
 * <p>CSV is one file, byte for byte that of one machine: whatever reads that reads this. The pieces lie in a hidden folder beside it, and are
 * joined while others are still being made. Parquet is a folder of the pieces, in the order of their names, with {@code _SUCCESS} as the last file: so it is what
 * Spark and others take for one table, and nothing of millions of rows is copied.
 */
final class ImageTable {
    private static final String SUCCESS = "_SUCCESS";
    private static final int BUFFER = 1 << 20;

    private final Cluster cluster;
    private final String out;
    private final SharedFolder parent;
    private final String name;
    private final boolean parquet;

    private ImageTable(Cluster cluster, String out, SharedFolder parent, String name, boolean parquet) {
        this.cluster = cluster;
        this.out = out;
        this.parent = parent;
        this.name = name;
        this.parquet = parquet;
    }

    /**
     * A table to write.
     *
     * @param out a path that every machine reaches, which ends with {@code .csv} or {@code .parquet}
     * @throws InvalidInputException if it is none
     */
    static ImageTable to(String out, Cluster cluster) {
        String path = out.endsWith("/") ? out.substring(0, out.length() - 1) : out;
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        boolean parquet = name.endsWith(".parquet");
        if (!parquet && !name.endsWith(".csv") || name.startsWith(".")) {
            throw new InvalidInputException(Problem.of(
                    "--out " + out,
                    "neither CSV nor Parquet",
                    "FILE.csv for one file, FOLDER.parquet for a folder of parts"));
        }
        String parent = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        return new ImageTable(cluster, out, cluster.folder(parent), name, parquet);
    }

    /** What the parts do. */
    interface Parts {
        /**
         * Has all of them done.
         *
         * @param done told of each by its index
         */
        List<Object> run(Map<String, Object> settings, IntConsumer done);
    }

    /**
     * Writes it whole, or not at all.
     *
     * @param settings of the job, to which those of the table are added
     * @param count of the parts
     * @return what the parts return
     * @throws InvalidInputException if it cannot be written, or would replace a folder
     */
    List<Object> write(List<Column> columns, Map<String, Object> settings, int count, Parts parts) {
        SharedFolder pieces =
                parquet ? parent.folder(name) : parent.folder("." + name + "." + UUID.randomUUID() + ".parts");
        boolean done = false;
        try {
            if (parquet ? parent.has(name) : parent.isFolder(name)) {
                throw taken(parquet ? "a file" : "a folder");
            }
            if (parquet && !pieces.files().isEmpty()) {
                throw taken("a folder with files");
            }
            parent.requireWritable();
            pieces.make();
            settings.put(ImageTask.FOLDER, pieces.path());
            settings.put(ImageTask.PARQUET, parquet);
            List<Object> results;
            try {
                if (parquet) {
                    results = parts.run(settings, part -> {});
                    finishParquet(pieces, count);
                } else {
                    PieceJoin join = PieceJoin.start(there -> join(pieces, columns, count, there), cluster::cancel);
                    results = join.finish(count, () -> parts.run(settings, join::done));
                }
                done = true;
                return results;
            } finally {
                if (!parquet || !done) {
                    pieces.remove();
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    "--out " + out,
                    "a file that cannot be written (" + FileFailures.reason(e) + ")",
                    "a folder that can be written to, by every machine",
                    ""));
        }
    }

    private InvalidInputException taken(String found) {
        return new InvalidInputException(new Problem(
                "--out " + out,
                found,
                parquet ? "a folder that is not there yet" : "a file, there or not",
                "remove it, or name another one"));
    }

    private void finishParquet(SharedFolder pieces, int count) throws IOException {
        for (int part = 0; part < count; part++) {
            requirePiece(pieces, part);
        }
        pieces.write(SUCCESS, "");
    }

    private void join(SharedFolder pieces, List<Column> columns, int count, PieceJoin.Arrivals there)
            throws IOException {
        AtomicFiles.Content content = stream -> {
            try (CsvRows header = new CsvRows(stream)) {
                header.header(columns);
            }
            for (int part = 0; part < count; part++) {
                there.await(part);
                String piece = requirePiece(pieces, part);
                append(pieces, piece, stream);
                pieces.remove(piece);
            }
        };
        if (parent.local().isPresent()) {
            AtomicFiles.write(parent.local().get().resolve(name), content);
            return;
        }
        Path joined = Files.createTempFile("vaelab-", ".csv");
        try {
            AtomicFiles.write(joined, content);
            parent.put(joined, name);
        } finally {
            Files.delete(joined);
        }
    }

    private static void append(SharedFolder pieces, String piece, OutputStream stream) throws IOException {
        if (pieces.local().isPresent()) {
            copy(pieces.local().get().resolve(piece), stream);
            return;
        }
        Path fetched = Files.createTempFile("vaelab-", ".part");
        try {
            pieces.fetch(piece, fetched);
            copy(fetched, stream);
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    /** As {@link Files#copy(Path, OutputStream)}, which goes by 8 KB: a table of millions of rows has a hundred thousand of these. */
    private static void copy(Path file, OutputStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                stream.write(buffer, 0, read);
            }
        }
    }

    private String requirePiece(SharedFolder pieces, int part) throws IOException {
        String piece = ImageTask.name(part, parquet);
        if (!pieces.has(piece)) {
            throw new RunFailedException("a machine has written " + piece + " of " + out
                    + " where this one cannot see it, expected" + " a folder that all machines have in common");
        }
        return piece;
    }
}
