package dev.vaelab.cli.command;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A {@link SavedModel} that the command line names; what a person should know of it is told on standard error. */
final class TrainedModel {
    private final SavedModel saved;

    private TrainedModel(SavedModel saved) {
        this.saved = saved;
    }

    /** The best checkpoint of a run. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, ExperimentOptions options) {
        return ofRun(laboratory, path, options.overrides(), options.backend());
    }

    /** The best checkpoint of a run, on another engine if one is named. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, List<String> overrides, Optional<String> backend) {
        RunFolder run = RunFolder.open(path);
        SavedModel.requireBest(run);
        LoadedExperiment loaded = laboratory.loaderOf(run).load(run.config(), overrides, backend);
        return new TrainedModel(SavedModel.ofRun(laboratory, run, loaded, System.err::println));
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
        return new TrainedModel(SavedModel.ofWeights(laboratory, loaded, weights, System.err::println));
    }

    /** The same weights, which are shown other images, see {@link SavedModel#showing}. */
    TrainedModel showing(LoadedExperiment other, Architecture architecture) {
        return new TrainedModel(saved.showing(other, architecture));
    }

    /** Without what the command line adds. */
    SavedModel saved() {
        return saved;
    }

    /** The run that the weights are of; nothing for weights from elsewhere. */
    Optional<RunFolder> run() {
        return saved.run();
    }

    /** The experiment. */
    ExperimentConfig config() {
        return saved.config();
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
                weights());
    }

    /**
     * Keeps a result in the folder of the run, if there is one. That it cannot be kept is a warning, as it is there to be told.
     *
     * @param what it is, with a verb, for people
     * @return the result
     */
    <V> V keep(V result, BiConsumer<V, RunFolder> write, String what) {
        run().ifPresent(folder -> {
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
        return saved.weights();
    }

    /**
     * Whether a key is set by an option of the command line.
     *
     * @param key with dots
     */
    boolean isOption(String key) {
        return saved.isOption(key);
    }

    /** The experiment with its images, see {@link SavedModel#withImages}. */
    Laboratory.Assembly withImages() {
        return saved.withImages();
    }

    /** The experiment with its images, for what can do without, see {@link SavedModel#withImagesIfThere}. */
    Optional<Laboratory.Assembly> withImagesIfThere(String consequence) {
        return saved.withImagesIfThere(consequence);
    }

    /** The experiment for what needs its model only, see {@link SavedModel#withoutImages}. */
    Laboratory.Assembly withoutImages() {
        return saved.withoutImages();
    }

    /** Loads the weights into the experiment's engine; the caller closes the model. */
    VaeModel<?> open(Laboratory.Assembly experiment) {
        NamedTensors tensors = saved.tensors(experiment);
        Announcement.ofLoadingToWatchers(config().backend());
        return experiment.get(ModelFactory.class).withWeights(tensors);
    }

    /** What the labels of the images of the run stand for; empty where nobody knows, and for weights from elsewhere. */
    List<String> classNames() {
        return run().flatMap(DataRecord::read).map(DataRecord::classes).orElse(List.of());
    }

    /** What any engine needs to make the model. */
    ModelRequest request(Laboratory.Assembly experiment) {
        return experiment.get(ModelFactory.class).request(tensors(experiment));
    }

    /** The weights of the model, checked; no engine is asked for. */
    NamedTensors tensors(Laboratory.Assembly experiment) {
        return saved.tensors(experiment);
    }
}
