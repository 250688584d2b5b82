package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.WrapperPrefix;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.DataSource;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.experiment.wiring.ShapeOfWeights;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** An experiment, its trained weights, and where its images are: many a command needs the model and no images. */
final class TrainedModel {
    private final Laboratory laboratory;
    private final LoadedExperiment loaded;
    private final DataSource source;
    private final Path weights;
    private final Optional<RunFolder> run;

    private TrainedModel(
            Laboratory laboratory, LoadedExperiment loaded, DataSource source, Path weights, Optional<RunFolder> run) {
        this.laboratory = laboratory;
        this.loaded = loaded;
        this.source = source;
        this.weights = weights;
        this.run = run;
    }

    /** The best checkpoint of a run. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, ExperimentOptions options) {
        return ofRun(laboratory, path, options.overrides(), options.backend());
    }

    /** The best checkpoint of a run, on another engine if one is named. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, List<String> overrides, Optional<String> backend) {
        RunFolder run = RunFolder.open(path);
        Path best = run.checkpoints().best();
        if (!RegularFiles.isThere(best)) {
            throw new InvalidInputException(new Problem(
                    best.toString(),
                    "nothing",
                    "the weights of the best epoch",
                    "the run has not completed an epoch yet: go on with train --resume " + path));
        }
        LoadedExperiment loaded = laboratory.loaderOf(run).load(run.config(), overrides, backend);
        return new TrainedModel(laboratory, loaded, DataSource.ofRun(run, loaded), best, Optional.of(run));
    }

    /**
     * Weights from anywhere.
     *
     * @param config the experiment file that they belong to
     * @param weights a safetensors file
     */
    static TrainedModel ofWeights(
            Laboratory laboratory, Path config, Path weights, List<String> overrides, Optional<String> backend) {
        LoadedExperiment loaded = laboratory.loader().load(config, overrides, backend);
        return new TrainedModel(
                laboratory, loaded, DataSource.of(loaded.config().dataset()), weights, Optional.empty());
    }

    /**
     * The same weights, which are shown other images.
     *
     * @param other the experiment with these images
     * @param architecture of the model, which tells their shape, and the labels that a conditional model knows
     */
    TrainedModel showing(LoadedExperiment other, Architecture architecture) {
        Optional<Integer> classes = Optional.of(architecture.classes()).filter(count -> architecture.conditional());
        return new TrainedModel(
                laboratory,
                other,
                DataSource.of(other.config().dataset(), architecture.image(), classes),
                weights,
                run);
    }

    /** The run that the weights are of; nothing for weights from elsewhere. */
    Optional<RunFolder> run() {
        return run;
    }

    /** The experiment. */
    ExperimentConfig config() {
        return loaded.config();
    }

    /** What an estimate by these weights is stamped with, see {@link EstimateStamp}. */
    EstimateStamp stamp(
            EstimateStamp.Kind kind, Laboratory.Assembly experiment, Split split, ImageSubset images, int samples) {
        return EstimateStamp.of(
                kind,
                config(),
                experiment.get(Dataset.class),
                experiment.get(Objective.class).likelihood(),
                split,
                images,
                samples,
                weights);
    }

    /**
     * Keeps a result in the folder of the run, if there is one. That it cannot be kept is a warning, as it is there to be told.
     *
     * @param what it is, with a verb, for people
     * @return the result
     */
    <V> V keep(V result, BiConsumer<V, RunFolder> write, String what) {
        run.ifPresent(folder -> {
            try {
                write.accept(result, folder);
            } catch (RunFailedException e) {
                System.err.println("warning: " + what + " not kept: " + e.getMessage());
            }
        });
        return result;
    }

    /** The safetensors file of the weights. */
    Path weights() {
        return weights;
    }

    /**
     * Whether a key is set by an option of the command line.
     *
     * @param key with dots
     */
    boolean isOption(String key) {
        return loaded.places().isOption(key);
    }

    /**
     * The experiment with its images, which are read here: that they are missing is told before an engine is loaded.
     *
     * @throws InvalidInputException if they cannot be read or do not fit the model
     */
    Laboratory.Assembly withImages() {
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
     * The experiment with its images, for what can do without; that they are missing is told on standard error.
     *
     * @param consequence what follows if they are missing, for a person
     * @return nothing if they cannot be read
     * @throws InvalidInputException if those cannot be read that an option of the command line names
     */
    Optional<Laboratory.Assembly> withImagesIfThere(String consequence) {
        try {
            return Optional.of(withImages());
        } catch (InvalidInputException e) {
            if (DataSource.namesOther(loaded)) {
                throw e;
            }
            System.err.println("note: the images cannot be had, so " + consequence);
            InvalidInputException.lines(e.problems()).forEach(line -> System.err.println("  " + line));
            return Optional.empty();
        }
    }

    /**
     * The experiment for what needs its model only. Images are read if nothing else tells their shape: of a run that was made before
     * runs kept it, or of weights from elsewhere.
     *
     * @throws InvalidInputException if nothing tells the shape of the images
     */
    Laboratory.Assembly withoutImages() {
        Laboratory.Assembly experiment = laboratory.assemble(config(), source);
        if (source.shape().isPresent()
                && (source.classes().isPresent() || !config().model().conditional())) {
            return experiment;
        }
        Optional<ShapeOfWeights> told =
                ShapeOfWeights.of(Safetensors.read(weights).tensors(), config());
        List<Integer> size = config().dataset().size();
        if (size != null && told.isPresent() && told.get().ofSize(size).isPresent()) {
            return withShape(told.get().ofSize(size).get(), told.get());
        }
        try {
            experiment.get(Dataset.class);
            return experiment;
        } catch (InvalidInputException e) {
            ImageShape square = told.flatMap(ShapeOfWeights::ofSquare).orElseThrow(() -> unknownShape(e));
            System.err.println("note: there are no images to tell the shape of, so it is taken from the weights: "
                    + square + ", as images with equal sides have");
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
                                    + "without images, --set dataset.size=[HEIGHT,WIDTH] tells the shape of the model's"));
        }
        return loaded.places().locate(new InvalidInputException(problems));
    }

    private Laboratory.Assembly withShape(ImageShape shape, ShapeOfWeights told) {
        return laboratory.assemble(config(), DataSource.of(config().dataset(), shape, told.classes()));
    }

    /** Loads the weights into the experiment's engine; the caller closes the model. */
    VaeModel<?> open(Laboratory.Assembly experiment) {
        NamedTensors tensors = tensors(experiment);
        Announcement.ofLoadingToWatchers(config().backend());
        return experiment.get(ModelFactory.class).withWeights(tensors);
    }

    /** What any engine needs to make the model. */
    ModelRequest request(Laboratory.Assembly experiment) {
        return experiment.get(ModelFactory.class).request(tensors(experiment));
    }

    private NamedTensors tensors(Laboratory.Assembly experiment) {
        Architecture architecture = experiment.get(Architecture.class);
        NamedTensors found = Safetensors.read(weights).tensors();
        WrapperPrefix prefix = WrapperPrefix.of(found);
        if (prefix.present()) {
            System.err.println("note: every name in " + weights + " begins with " + prefix + ", which is left out");
        }
        return prefix.removeFrom(found).requireExactly(architecture.tensors(), weights.toString());
    }
}
