package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.cluster.images.ImageFiles;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.RowWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Images in files of any file system that Spark reaches: Parquet, by the Parquet library that Spark reads with; pictures, one in a file;
 * and files of nothing but pixels, a byte each.
 *
 * <p>They are not read as Spark's data frames, whose partitions have no order: a stretch is a row group of a file, or a file of
 * pixels, and the order is that of the names and of the rows.
 */
public final class SparkImageFiles implements ImageFiles {
    private static final String PARQUET = "parquet";
    private static final String PIXELS = "pixels";
    private static final String PICTURE = "picture";

    /**
     * How much larger the pieces of a row group are without an index of its pages: each goes through those before it, which takes about a
     * fiftieth of what a small network takes for them.
     */
    private static final int UNINDEXED = 128;

    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    @Override
    public List<Stretch> stretches(String path, ImageShape shape, int multiple, boolean labelled) {
        Configuration configuration = HadoopSettings.ofSpark();
        List<FileStatus> files = files(path, configuration);
        List<Stretch> stretches = new ArrayList<>();
        long first = 0;
        for (FileStatus file : files) {
            String name = file.getPath().toString();
            List<Stretch> next = new ArrayList<>();
            switch (kind(name)) {
                case PARQUET -> {
                    long row = 0;
                    for (ParquetImages.RowGroup group :
                            ParquetImages.rowGroups(file.getPath(), configuration, shape, labelled)) {
                        int cut = group.indexed() ? multiple : multiple * UNINDEXED;
                        next.add(new Stretch(PARQUET, name, row, first, group.rows(), cut));
                        row += group.rows();
                        first += group.rows();
                    }
                }
                case PICTURE -> {
                    requireUnlabelled(labelled, name);
                    next.add(new Stretch(PICTURE, name, 0, first, 1, 0));
                    first++;
                }
                default -> {
                    requireUnlabelled(labelled, name);
                    long count = count(file, shape);
                    int most = Integer.MAX_VALUE / multiple * multiple;
                    for (long from = 0; from < count; from += most) {
                        int many = (int) Math.min(most, count - from);
                        next.add(new Stretch(PIXELS, name, from, first, many, multiple));
                        first += many;
                    }
                }
            }
            next.stream().filter(stretch -> stretch.count() > 0).forEach(stretches::add);
        }
        if (stretches.isEmpty()) {
            throw nothing(path, "no image in it");
        }
        return stretches;
    }

    @Override
    public Reader open(Stretch stretch, ImageShape shape) {
        Path file = new Path(stretch.file());
        Configuration configuration = HadoopSettings.ofSpark();
        return switch (stretch.kind()) {
            case PARQUET ->
                new ParquetImages(file, configuration, shape, stretch.place(), stretch.count(), stretch.first());
            case PICTURE -> new BinaryImages.OfPicture(file, configuration, shape, stretch.first());
            default -> new BinaryImages(file, configuration, shape, stretch.place(), stretch.first());
        };
    }

    @Override
    public RowWriter parquet(java.nio.file.Path file, List<Column> columns) throws IOException {
        return new ParquetTable(file, columns);
    }

    /** What a file is taken for, by its name: that of Parquet says more than what may be damaged in it. */
    private static String kind(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".parquet") || lower.endsWith(".parq")) {
            return PARQUET;
        }
        return PICTURES.stream().anyMatch(lower::endsWith) ? PICTURE : PIXELS;
    }

    private static void requireUnlabelled(boolean labelled, String file) {
        if (labelled) {
            throw new InvalidInputException(new Problem(
                    file,
                    "images without labels",
                    "labels, on which the model is conditioned",
                    "a Parquet file with a column label has them"));
        }
    }

    private static long count(FileStatus file, ImageShape shape) {
        if (file.getLen() % shape.size() != 0) {
            throw new InvalidInputException(new Problem(
                    file.getPath().toString(),
                    file.getLen() + " bytes",
                    "a multiple of " + shape.size() + ", since an image of the model is " + shape,
                    "a file that is neither Parquet nor a picture is taken for pixels, a byte each"));
        }
        return file.getLen() / shape.size();
    }

    /** Those of a folder in the order of their names, without hidden ones and those that Spark writes for itself. */
    private static List<FileStatus> files(String path, Configuration configuration) {
        List<FileStatus> files = new ArrayList<>();
        try {
            Path root = hadoopPath(path);
            if (Folders.isOfHadoop(path)) {
                FirstContact.require("--images " + path, root, configuration);
            }
            FileSystem system = root.getFileSystem(configuration);
            FileStatus status = system.getFileStatus(root);
            if (status.isFile()) {
                return List.of(status);
            }
            RemoteIterator<LocatedFileStatus> all = system.listFiles(root, true);
            while (all.hasNext()) {
                LocatedFileStatus file = all.next();
                if (visible(root, file.getPath())) {
                    files.add(file);
                }
            }
        } catch (FileNotFoundException e) {
            throw nothing(path, "nothing");
        } catch (IOException e) {
            throw nothing(path, "a path that cannot be read (" + FileFailures.reason(e) + ")");
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Folders.unknown("--images " + path, e);
        }
        files.sort(Comparator.comparing(file -> file.getPath().toString()));
        return files;
    }

    private static boolean visible(Path root, Path file) {
        for (Path path = file; path != null && !path.equals(root); path = path.getParent()) {
            if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private static InvalidInputException nothing(String path, String found) {
        return new InvalidInputException(Problem.of(
                "--images " + path,
                found,
                "Parquet files, pictures, or files of pixels, or a folder of them, that every machine reaches"));
    }

    /** A path without a scheme is one of the system, whatever Hadoop's default is: as all other paths of the command. */
    private static Path hadoopPath(String path) {
        return Folders.hasScheme(path)
                ? new Path(path)
                : new Path(
                        java.nio.file.Path.of(path).toAbsolutePath().normalize().toUri());
    }

    static String firstLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse(failure.toString());
    }
}
