package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.cluster.ClusterTask;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.cluster.TaskPlace;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.experiment.table.CsvRows;
import dev.vaelab.experiment.table.RowWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A part of a job on images; a subclass says what is done with them. */
public abstract class ImageTask implements ClusterTask {
    static final String SPLIT = "images.split";
    static final String CHUNK = "images.chunk";
    static final String FOLDER = "table.folder";
    static final String PARQUET = "table.parquet";

    private static final int BUFFER = 1 << 16;

    /**
     * What a part is done with.
     *
     * @param pool the model
     * @param source the images
     * @param chunk images of a chunk
     * @param settings of the job
     */
    record Work(ModelPool pool, ImageSource source, int chunk, Map<String, Object> settings) {
        ExperimentConfig config() {
            return pool.experiment().get(ExperimentConfig.class);
        }

        /** Whose noise the images have: images from files take the place of test images. */
        Split split() {
            return Split.valueOf(
                    String.valueOf(settings.getOrDefault(SPLIT, "test")).toUpperCase(Locale.ROOT));
        }

        /** What the labels stand for, as far as it is known. */
        List<String> classNames() {
            return settings.containsKey(SPLIT)
                    ? pool.experiment().get(Dataset.class).classNames()
                    : List.of();
        }
    }

    @Override
    public final Iterator<Object> run(Map<String, Object> settings, Iterator<Object> rows, TaskPlace place) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Object next() {
                return part(settings, (Object[]) rows.next(), place);
            }
        };
    }

    private Object part(Map<String, Object> settings, Object[] part, TaskPlace place) {
        ModelPool pool = ModelPool.of(settings, place);
        ImageSource source = settings.containsKey(SPLIT)
                ? ImageSource.ofSplit(
                        pool.experiment(),
                        Split.valueOf(settings.get(SPLIT).toString().toUpperCase(Locale.ROOT)),
                        (Integer) part[1],
                        (Integer) part[2])
                : ImageSource.ofFiles(
                        pool.experiment(),
                        ImageFiles.ofProgram(),
                        Arrays.stream((Object[][]) part[1])
                                .map(ImageFiles.Stretch::unpack)
                                .toList());
        Work work = new Work(pool, source, (Integer) settings.get(CHUNK), settings);
        try {
            if (!settings.containsKey(FOLDER)) {
                return run(work, values -> {
                    throw new IllegalStateException("there is no table");
                });
            }
            return toTable(work, (Integer) part[0], place);
        } catch (UncheckedIOException e) {
            throw unwritable(settings, place, e.getCause());
        } catch (IOException e) {
            throw unwritable(settings, place, e);
        }
    }

    private static RunFailedException unwritable(Map<String, Object> settings, TaskPlace place, IOException e) {
        return new RunFailedException(
                "cannot write to " + settings.get(FOLDER) + " on " + place.host() + ": " + FileFailures.reason(e)
                        + "; expected a folder that every machine reaches by this path",
                e);
    }

    /** Takes the rows of the table. */
    @FunctionalInterface
    interface Rows {
        void write(Object... values) throws IOException;
    }

    private Object toTable(Work work, int part, TaskPlace place) throws IOException {
        boolean parquet = (Boolean) work.settings().get(PARQUET);
        String name = name(part, parquet);
        SharedFolder folder = place.folder((String) work.settings().get(FOLDER));
        // Beside its place where that is a folder of this machine, so that nothing is copied.
        Path target = folder.local().orElse(place.scratch()).resolve(name);
        Path written = AtomicFiles.temporary(target);
        try {
            Object result;
            try (OutputStream stream = parquet
                            ? OutputStream.nullOutputStream()
                            : new BufferedOutputStream(Files.newOutputStream(written), BUFFER);
                    RowWriter rows =
                            parquet ? ImageFiles.ofProgram().parquet(written, columns(work)) : new CsvRows(stream)) {
                result = run(work, rows::write);
            }
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (folder.local().isPresent()) {
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                folder.put(written, name);
            }
            return result;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** The file of a part; the order of names is that of the parts. */
    static String name(int part, boolean parquet) {
        return String.format(Locale.ROOT, "part-%06d.%s", part, parquet ? "parquet" : "csv");
    }

    /** The columns of the table. */
    abstract List<Column> columns(Work work);

    /**
     * Does the part.
     *
     * @return what the driver is told of it, in types of the JDK
     */
    abstract Object run(Work work, Rows rows) throws IOException;
}
