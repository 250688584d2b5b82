package dev.vaelab.experiment.wiring;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataIdentity;
import dev.vaelab.experiment.run.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link SavedModel} on its way to another machine, in types of the JDK: its experiment, its weights and what is known of its images. The
 * machines need no file system in common for it.
 */
public final class PortableModel {
    /** The file of the weights where a model is unpacked. */
    public static final String WEIGHTS_FILE = "weights.safetensors";

    private static final String EXPERIMENT = "model.experiment";
    private static final String WEIGHTS = "model.weights";
    private static final String SHAPE = "model.shape";
    private static final String CLASSES = "model.classes";
    private static final String TRAINING_IMAGES = "model.trainingImages";
    private static final String DATA = "model.data";
    private static final String KEY = "model.key";

    private final SavedModel saved;
    private final Optional<String> data;

    private PortableModel(SavedModel saved, Optional<String> data) {
        this.saved = saved;
        this.data = data;
    }

    /**
     * Packs a model.
     *
     * @param experiment put together, as {@link SavedModel} does
     * @param withImages whether the images of the experiment are needed there, too; then they have been read here
     * @return values that can be serialized, under keys that begin with {@code model.}
     * @throws InvalidInputException if the weights cannot be read, or are not those of the model
     */
    public static Map<String, Object> pack(SavedModel saved, Laboratory.Assembly experiment, boolean withImages) {
        // What is wrong with the weights is told here and once.
        saved.tensors(experiment);
        Architecture architecture = experiment.get(Architecture.class);
        ImageShape shape = architecture.image();
        ExperimentConfig config = saved.config().with(saved.source().located());
        Map<String, Object> packed = new HashMap<>();
        packed.put(EXPERIMENT, new ExperimentWriter().write(config));
        packed.put(WEIGHTS, bytes(saved.weights()));
        packed.put(SHAPE, new int[] {shape.channels(), shape.height(), shape.width()});
        if (architecture.conditional()) {
            packed.put(CLASSES, architecture.classes());
        }
        Optional<Integer> trained = saved.source().trainingImages();
        if (trained.isEmpty() && withImages) {
            trained = Optional.of(experiment.get(TrainingImages.class).getAsInt());
        }
        trained.ifPresent(count -> packed.put(TRAINING_IMAGES, count));
        if (withImages) {
            packed.put(DATA, DataIdentity.of(experiment.get(Dataset.class).checksums()));
        }
        packed.put(
                KEY,
                Fingerprint.of(packed.get(EXPERIMENT) + "\n" + Fingerprint.of(saved.weights()) + "\n" + withImages));
        return packed;
    }

    /** What tells a packed model from others. */
    public static String key(Map<String, Object> packed) {
        return (String) packed.get(KEY);
    }

    /**
     * Unpacks a model. The rules of experiments were asked where it was packed, and are not again: looking them up takes longer than all
     * else here.
     *
     * @param folder for its weights, which stay as long as it is used
     * @param where this machine, for messages
     * @throws RunFailedException if the distribution here is without its engine
     */
    public static PortableModel unpack(Map<String, Object> packed, Path folder, String where) {
        Path weights = folder.resolve(WEIGHTS_FILE);
        try {
            Files.write(weights, (byte[]) packed.get(WEIGHTS));
        } catch (IOException e) {
            throw new RunFailedException(
                    "cannot write to " + folder + " on " + where + ": " + FileFailures.reason(e), e);
        }
        Laboratory laboratory = Laboratory.open();
        LoadedExperiment loaded;
        try {
            ExperimentConfig config = JsonText.read((String) packed.get(EXPERIMENT), ExperimentConfig.class);
            laboratory.backends().require(config.backend(), "backend");
            laboratory.objective(config);
            loaded = LoadedExperiment.told(config);
        } catch (InvalidInputException e) {
            Problem first = e.problems().get(0);
            throw unknown(where, first.place() + ": found " + first.found() + ", expected " + first.expected(), e);
        } catch (IllegalArgumentException e) {
            throw unknown(where, e.getMessage(), e);
        }
        int[] shape = (int[]) packed.get(SHAPE);
        DataSource source = DataSource.told(
                loaded.config().dataset(),
                new ImageShape(shape[0], shape[1], shape[2]),
                Optional.ofNullable((Integer) packed.get(CLASSES)),
                Optional.ofNullable((Integer) packed.get(TRAINING_IMAGES)));
        return new PortableModel(
                SavedModel.told(laboratory, loaded, source, weights), Optional.ofNullable((String) packed.get(DATA)));
    }

    /**
     * The experiment, with its images if they were packed for it: the same as there.
     *
     * @param where this machine, for messages
     * @throws RunFailedException if other images are found here
     */
    public Laboratory.Assembly experiment(String where) {
        if (data.isEmpty()) {
            return saved.withoutImages();
        }
        Laboratory.Assembly experiment;
        try {
            experiment = saved.withImages();
        } catch (InvalidInputException e) {
            throw new RunFailedException("on " + where + ": " + e.getMessage(), e);
        }
        String found = DataIdentity.of(experiment.get(Dataset.class).checksums());
        if (!found.equals(data.get())) {
            throw new RunFailedException(
                    "the images of " + saved.config().dataset().name() + " on " + where
                            + " are others than the driver's: found " + found + ", expected " + data.get());
        }
        return experiment;
    }

    /** Loads the weights into the engine; the caller closes the model. */
    public VaeModel<?> open(Laboratory.Assembly experiment) {
        return experiment.get(ModelFactory.class).withWeights(saved.tensors(experiment));
    }

    private static RunFailedException unknown(String where, String what, RuntimeException e) {
        return new RunFailedException(
                "the distribution on " + where + " does not know the model: " + what
                        + "; install the same version, engines and plug-ins on every machine",
                e);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    file.toString(), "a file that cannot be read (" + FileFailures.reason(e) + ")", "weights"));
        }
    }
}
