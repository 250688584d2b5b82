package dev.vaelab.experiment.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run keeps of its images, in {@code dataset.json}: enough to use its model without them, to find them from any folder,
 * and to know them when they are found.
 *
 * @param kind of the data set, as the experiment file names it
 * @param name of the data set
 * @param named the path by which the experiment named it; null for images that are in no folder
 * @param path where that was when the run began or went on, absolute; null for images that are in no folder
 * @param image shape of every image
 * @param classes what the labels stand for, the name of label 0 first; empty where nobody knows
 * @param checksums of the data, as the data set gives them
 * @param trainingImages how many of the images the run trains on, which some losses need; null in runs of versions before there
 *     were such
 * @param validationImages how many images the run validates on, which a fraction in its experiment file leaves open; null in
 *     runs of versions before there were fractions
 * @param classCount classes of the labels that a conditional model knows, at least two; null for a model that knows none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataRecord(
        String kind,
        String name,
        String named,
        String path,
        ImageShape image,
        List<String> classes,
        Map<String, String> checksums,
        Integer trainingImages,
        Integer validationImages,
        Integer classCount) {
    /** Copies; what an incomplete file does not say is empty. */
    public DataRecord {
        classes = classes == null ? List.of() : List.copyOf(classes);
        checksums = checksums == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
    }

    /**
     * The record of images that were read.
     *
     * @param config the images as the experiment names them
     * @param readFrom where they were read from; a relative path begins at the working folder, null is no folder
     * @param splits which of them the run trains and validates on
     */
    public static DataRecord of(DatasetConfig config, String readFrom, Dataset dataset, DataSplits splits) {
        return new DataRecord(
                config.name(),
                dataset.name(),
                config.path(),
                readFrom == null ? null : found(readFrom),
                dataset.training().shape(),
                dataset.classNames(),
                dataset.checksums(),
                splits.train().count(),
                splits.validation().count(),
                null);
    }

    /** The same of a run whose model knows so many classes. */
    public DataRecord ofConditional(int classesKnown) {
        return new DataRecord(
                kind, name, named, path, image, classes, checksums, trainingImages, validationImages, classesKnown);
    }

    /** Writes the record of a run. */
    public void write(RunFolder run) {
        RunFolder.writeText(run.dataset(), JsonText.page(this));
    }

    /**
     * Reads the record of a run; runs that were made before there were records have none.
     *
     * @throws InvalidInputException if the file is not what {@link #write} writes
     */
    public static Optional<DataRecord> read(RunFolder run) {
        if (!RegularFiles.isThere(run.dataset())) {
            return Optional.empty();
        }
        DataRecord record = JsonText.readFile(run.dataset(), DataRecord.class);
        if (record.trainingImages() != null && record.trainingImages() < 1) {
            throw new InvalidInputException(Problem.of(
                    run.dataset() + ": trainingImages",
                    record.trainingImages().toString(),
                    "the number of images that the run trains on, at least 1"));
        }
        if (record.classCount() != null && record.classCount() < 2) {
            throw new InvalidInputException(Problem.of(
                    run.dataset() + ": classCount",
                    record.classCount().toString(),
                    "the number of classes that the model knows, at least 2"));
        }
        if (record.image() == null) {
            throw new InvalidInputException(Problem.of(
                    run.dataset() + ": image", "nothing", "channels, height and width of the images of the run"));
        }
        return Optional.of(record);
    }

    /** Without steps back where they lead nowhere else, as they may behind a link; what is no file or folder as it is named. */
    private static String found(String named) {
        try {
            Path path = Path.of(named).toAbsolutePath();
            if (!Files.exists(path)) {
                return named;
            }
            return (Files.isSameFile(path, path.normalize()) ? path.normalize() : path).toString();
        } catch (IOException | InvalidPathException e) {
            return named;
        }
    }
}
