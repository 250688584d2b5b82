package dev.vaelab.experiment.wiring;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the images of an experiment are read from, and what is known of them before.
 *
 * <p>A run knows the shape of its images, so that its model can be made without them; and it knows where they were, so that they are
 * found from any folder. What an option of the command line says goes before what the run knows.
 */
public final class DataSource {
    private static final String PATH = "dataset.path";
    private static final String NAME = "dataset.name";

    private final DatasetConfig config;
    private final Optional<ImageShape> shape;
    private final Optional<Integer> classes;
    private final Optional<Integer> trainingImages;
    private final Optional<RunFolder> run;
    private final Map<String, String> checksums;

    private DataSource(
            DatasetConfig config,
            Optional<ImageShape> shape,
            Optional<Integer> classes,
            Optional<Integer> trainingImages,
            Optional<RunFolder> run,
            Map<String, String> checksums) {
        this.config = config;
        this.shape = shape;
        this.classes = classes;
        this.trainingImages = trainingImages;
        this.run = run;
        this.checksums = checksums;
    }

    /** Images as an experiment file names them, of which nothing is known before they are read. */
    public static DataSource of(DatasetConfig config) {
        return new DataSource(config, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * Images as an experiment file names them, for a model whose images have this shape.
     *
     * @param classes of a conditional model; nothing for another one
     */
    public static DataSource of(DatasetConfig config, ImageShape shape, Optional<Integer> classes) {
        return new DataSource(config, Optional.of(shape), classes, Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * The images of a run: where its record has them, or, if they are not there any more, where its experiment file has them, seen
     * from the working folder; the latter only if they are the same.
     *
     * @param loaded the experiment of the run, with the options of the command line
     * @throws InvalidInputException if the record of the run is damaged
     */
    public static DataSource ofRun(RunFolder run, LoadedExperiment loaded) {
        DatasetConfig config = loaded.config().dataset();
        Optional<DataRecord> record = DataRecord.read(run);
        Optional<ImageShape> shape = record.map(DataRecord::image);
        Optional<Integer> classes = record.map(DataRecord::classCount);
        Optional<Integer> trained = record.map(DataRecord::trainingImages);
        if (namesOther(loaded)) {
            return new DataSource(config, shape, classes, trained, Optional.empty(), Map.of());
        }
        Optional<DataRecord> known = record.filter(data ->
                data.path() != null && config.path() != null && config.path().equals(data.named()));
        if (known.isEmpty()) {
            return new DataSource(config, shape, classes, trained, Optional.of(run), Map.of());
        }
        String path = known.get().path();
        Map<String, String> checksums = known.get().checksums();
        return !exists(path) && exists(config.path()) && !checksums.isEmpty()
                ? new DataSource(config, shape, classes, trained, Optional.of(run), checksums)
                : new DataSource(config.withPath(path), shape, classes, trained, Optional.of(run), Map.of());
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether options of the command line name the images. */
    public static boolean namesOther(LoadedExperiment loaded) {
        return loaded.places().isOption(PATH) || loaded.places().isOption(NAME);
    }

    /** The shape of the images, if it is known before they are read. */
    public Optional<ImageShape> shape() {
        return shape;
    }

    /** The classes of a conditional model, if they are known before the images are read. */
    public Optional<Integer> classes() {
        return classes;
    }

    /** How many images the model is trained on, if a run has recorded it. */
    Optional<Integer> trainingImages() {
        return trainingImages;
    }

    /**
     * Reads the images.
     *
     * @param sizes of the images that the model takes
     * @throws InvalidInputException if they cannot be read, are not of the shape that is known, or have labels that a conditional
     *     model does not know
     */
    Dataset open(DatasetProvider provider, SizeRule sizes) {
        Dataset dataset;
        try {
            dataset = provider.open(config, sizes);
        } catch (InvalidInputException e) {
            throw run.map(folder -> missing(folder, e)).orElse(e);
        }
        if (!checksums.isEmpty() && !checksums.equals(dataset.checksums())) {
            throw missing(
                    run.orElseThrow(),
                    new InvalidInputException(Problem.of(
                            PATH,
                            Path.of(config.path()).toAbsolutePath() + " with other images than those of the run",
                            "the images of the run")));
        }
        requireShape(dataset);
        requireClasses(dataset);
        return dataset;
    }

    /**
     * What is to be kept of the images once they are read.
     *
     * @param experiment which names the images
     * @param splits which of them the model is trained and validated on
     */
    DataRecord record(ExperimentConfig experiment, Dataset dataset, DataSplits splits) {
        DataRecord record = DataRecord.of(experiment.dataset(), config.path(), dataset, splits);
        return experiment.model().conditional() ? record.ofConditional(classes.orElseGet(dataset::classes)) : record;
    }

    private void requireShape(Dataset dataset) {
        ImageShape found = dataset.training().shape();
        if (shape.isPresent() && !shape.get().equals(found)) {
            throw new InvalidInputException(Problem.of(
                    "dataset",
                    "images of " + found + " in " + dataset.name(),
                    "images of " + shape.get() + ", as the model has them"));
        }
    }

    private void requireClasses(Dataset dataset) {
        int found = dataset.classes();
        if (classes.isPresent() && (found < 2 || found > classes.get())) {
            throw new InvalidInputException(Problem.of(
                    "dataset",
                    found < 2
                            ? "images without labels in " + dataset.name()
                            : "labels from 0 to " + (found - 1) + " in " + dataset.name(),
                    "labels from 0 to " + (classes.get() - 1) + ", on which the model is conditioned"));
        }
    }

    /** Says whose images they are, and how to name others. */
    private static InvalidInputException missing(RunFolder run, InvalidInputException failure) {
        List<Problem> problems = new ArrayList<>(failure.problems());
        Problem first = problems.get(0);
        String advice = (first.advice().isEmpty() ? "" : first.advice() + "; ")
                + "the run " + run.path() + " was trained on these images: set " + PATH
                + " to where they are now, or to others";
        problems.set(0, new Problem(first.place(), first.found(), first.expected(), advice));
        return new InvalidInputException(problems);
    }
}
