package dev.vaelab.experiment.wiring;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.WrapperPrefix;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.training.CheckpointFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An experiment, its trained weights on the disk, and where its images are: much can be done with the model and without images. Nothing
 * is loaded before it is asked for.
 */
public final class SavedModel {
    private final Laboratory laboratory;
    private final LoadedExperiment loaded;
    private final DataSource source;
    private final Path weights;
    private final Optional<RunFolder> run;
    private final Consumer<String> notes;

    private SavedModel(
            Laboratory laboratory,
            LoadedExperiment loaded,
            DataSource source,
            Path weights,
            Optional<RunFolder> run,
            Consumer<String> notes) {
        this.laboratory = laboratory;
        this.loaded = loaded;
        this.source = source;
        this.weights = weights;
        this.run = run;
        this.notes = notes;
    }

    /**
     * The best checkpoint of a run.
     *
     * @param run as {@link RunFolder#open} gives it
     * @param loaded its experiment, with what goes before it
     * @param notes is told what a person should know, each in a line
     * @throws InvalidInputException if there is no checkpoint, or the record of the run is damaged
     */
    public static SavedModel ofRun(
            Laboratory laboratory, RunFolder run, LoadedExperiment loaded, Consumer<String> notes) {
        return new SavedModel(
                laboratory, loaded, DataSource.ofRun(run, loaded), requireBest(run), Optional.of(run), notes);
    }

    /**
     * The file of the best checkpoint.
     *
     * @throws InvalidInputException if there is none
     */
    public static Path requireBest(RunFolder run) {
        Path best = run.checkpoints().best();
        if (!RegularFiles.isThere(best)) {
            throw new InvalidInputException(new Problem(
                    best.toString(),
                    "nothing",
                    "the weights of the best epoch",
                    "the run has not completed an epoch yet: resume it"));
        }
        return best;
    }

    /**
     * Weights from anywhere.
     *
     * @param loaded the experiment that they belong to
     * @param weights a safetensors file
     * @param notes is told what a person should know, each in a line
     */
    public static SavedModel ofWeights(
            Laboratory laboratory, LoadedExperiment loaded, Path weights, Consumer<String> notes) {
        return new SavedModel(
                laboratory, loaded, DataSource.of(loaded.config().dataset()), weights, Optional.empty(), notes);
    }

    /**
     * The same weights, which are shown other images.
     *
     * @param other the experiment with these images
     * @param architecture of the model, which tells their shape, and the labels that a conditional model knows
     */
    public SavedModel showing(LoadedExperiment other, Architecture architecture) {
        Optional<Integer> classes = Optional.of(architecture.classes()).filter(count -> architecture.conditional());
        return new SavedModel(
                laboratory,
                other,
                DataSource.of(other.config().dataset(), architecture.image(), classes),
                weights,
                run,
                notes);
    }

    /** The run that the weights are of; nothing for weights from elsewhere. */
    public Optional<RunFolder> run() {
        return run;
    }

    /** The experiment. */
    public ExperimentConfig config() {
        return loaded.config();
    }

    /** The safetensors file of the weights. */
    public Path weights() {
        return weights;
    }

    /**
     * Whether a key is set over what the experiment says.
     *
     * @param key with dots
     */
    public boolean isOption(String key) {
        return loaded.places().isOption(key);
    }

    /**
     * The experiment with its images, which are read here: that they are missing is told before an engine is loaded.
     *
     * @throws InvalidInputException if they cannot be read or do not fit the model
     */
    public Laboratory.Assembly withImages() {
        Laboratory.Assembly experiment = laboratory.assemble(config(), source);
        try {
            // Not what a training needs: nobody trains.
            experiment.get(DataSplits.class);
            experiment.get(Architecture.class);
            return experiment;
        } catch (InvalidInputException e) {
            throw loaded.places().locate(e);
        }
    }

    /**
     * The experiment with its images, for what can do without; that they are missing is noted.
     *
     * @param consequence what follows if they are missing, for a person
     * @return nothing if they cannot be read
     * @throws InvalidInputException if those cannot be read that are named over what the experiment says
     */
    public Optional<Laboratory.Assembly> withImagesIfThere(String consequence) {
        try {
            return Optional.of(withImages());
        } catch (InvalidInputException e) {
            if (DataSource.namesOther(loaded)) {
                throw e;
            }
            notes.accept("note: the images cannot be had, so " + consequence);
            InvalidInputException.lines(e.problems()).forEach(line -> notes.accept("  " + line));
            return Optional.empty();
        }
    }

    /**
     * The experiment for what needs its model only. Images are read if nothing else tells their shape: of a run that was made before
     * runs kept it, or of weights from elsewhere.
     *
     * @throws InvalidInputException if nothing tells the shape of the images
     */
    public Laboratory.Assembly withoutImages() {
        Laboratory.Assembly experiment = laboratory.assemble(config(), source);
        if (source.shape().isPresent()
                && (source.classes().isPresent() || !config().model().conditional())) {
            return experiment;
        }
        Optional<ShapeOfWeights> told = ShapeOfWeights.of(read(unused -> {}), config());
        List<Integer> size = config().dataset().size();
        if (size != null && told.isPresent() && told.get().ofSize(size).isPresent()) {
            return withShape(told.get().ofSize(size).get(), told.get());
        }
        try {
            experiment.get(Dataset.class);
            return experiment;
        } catch (InvalidInputException e) {
            ImageShape square = told.flatMap(ShapeOfWeights::ofSquare).orElseThrow(() -> unknownShape(e));
            notes.accept("note: there are no images to tell the shape of, so it is taken from the weights: " + square
                    + ", as images with equal sides have");
            return withShape(square, told.get());
        }
    }

    /** What reads pictures can be told their size, and then the model is all that is needed. */
    private InvalidInputException unknownShape(InvalidInputException failure) {
        List<Problem> problems = new ArrayList<>(failure.problems());
        DatasetConfig sized = config().dataset().withSize(List.of(1, 1));
        boolean takesSize = laboratory.datasets().require(sized.name(), "dataset.name").check(sized).stream()
                .noneMatch(problem -> problem.place().equals("dataset.size"));
        if (takesSize) {
            Problem first = problems.get(0);
            problems.set(
                    0,
                    new Problem(
                            first.place(),
                            first.found(),
                            first.expected(),
                            (first.advice().isEmpty() ? "" : first.advice() + "; ")
                                    + "without images, set dataset.size to [HEIGHT, WIDTH], the shape of the model's"));
        }
        return loaded.places().locate(new InvalidInputException(problems));
    }

    /** Of a file with the whole state of a training, what the training is evaluated by. */
    private NamedTensors read(Consumer<String> told) {
        NamedTensors all = Safetensors.read(weights).tensors();
        Optional<NamedTensors> evaluated = CheckpointFolder.evaluatedOf(all);
        evaluated.ifPresent(some -> told.accept("note: " + weights
                + " is the whole state of a training, of which the weights are taken that it is evaluated by"));
        return evaluated.orElse(all);
    }

    private Laboratory.Assembly withShape(ImageShape shape, ShapeOfWeights told) {
        return laboratory.assemble(config(), DataSource.of(config().dataset(), shape, told.classes()));
    }

    /**
     * The weights as the model takes them.
     *
     * @param experiment as one of the methods above gives it
     * @throws InvalidInputException if the file cannot be read, or its tensors are not those of the model
     */
    public NamedTensors tensors(Laboratory.Assembly experiment) {
        Architecture architecture = experiment.get(Architecture.class);
        NamedTensors found = read(notes);
        WrapperPrefix prefix = WrapperPrefix.of(found);
        if (prefix.present()) {
            notes.accept("note: every name in " + weights + " begins with " + prefix + ", which is left out");
        }
        return prefix.removeFrom(found).requireExactly(architecture.tensors(), weights.toString());
    }
}
