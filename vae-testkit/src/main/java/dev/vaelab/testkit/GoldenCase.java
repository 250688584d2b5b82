package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.FixedGaussian;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small model, and what PyTorch computed with it; {@code golden/pytorch_golden.py} tells what its file holds. */
final class GoldenCase {
    private static final List<String> NAMES = List.of("grey", "colour", "decay", "descent");

    private final GoldenFile file;

    private GoldenCase(GoldenFile file) {
        this.file = file;
    }

    /** Reads the files. */
    static Stream<GoldenCase> all() {
        return NAMES.stream().map(GoldenFile::new).map(GoldenCase::new);
    }

    /** The bytes of the file, which the caller closes. */
    InputStream open() {
        return file.open();
    }

    Architecture architecture() {
        int[] image = file.integers("image");
        return new Architecture(
                new ImageShape(image[0], image[1], image[2]),
                Arrays.stream(file.integers("channels")).boxed().toList(),
                file.integer("hidden"),
                file.integer("latent"));
    }

    /** What a backend is asked to make. */
    ModelRequest request() {
        return new ModelRequest(architecture(), objective(), optimizer(), clipNorm(), weights("initial"));
    }

    private Objective objective() {
        Objective recipe = ModelRequest.RECIPE;
        return file.has("variance")
                ? new Objective(
                        recipe.loss(), new FixedGaussian(file.number("variance")), recipe.prior(), recipe.sampler())
                : recipe;
    }

    private OptimizerSettings optimizer() {
        return file.has("momentum")
                ? new OptimizerSettings.Sgd(file.number("momentum"))
                : new OptimizerSettings.Adam(
                        file.number("adam_beta1"),
                        file.number("adam_beta2"),
                        file.number("adam_epsilon"),
                        file.number("weight_decay"));
    }

    private double clipNorm() {
        return file.has("clip_norm") ? file.number("clip_norm") : Double.POSITIVE_INFINITY;
    }

    /** How many steps were made. */
    int steps() {
        return file.integer("steps");
    }

    /** Of every step. */
    StepSettings settings() {
        return new StepSettings(file.number("learning_rate"), file.number("beta"));
    }

    /** The inputs of a step; those of the first one are the inputs of everything else, too. */
    Batch batch(int step) {
        return new Batch(file.integer("count"), file.values("images." + step), file.values("noise." + step));
    }

    /** The forward pass of the first batch in a phase, {@code evaluation} or {@code training}. */
    ForwardPass forwardPass(String part) {
        return new ForwardPass(
                file.values(part + ".mean"),
                file.values(part + ".log_variance"),
                file.values(part + ".latents"),
                file.values(part + ".logits"),
                file.values(part + ".reconstruction"),
                file.values(part + ".kl"));
    }

    /** Of the first batch, before any step. */
    Gradients gradients() {
        return new Gradients(figures(0), trainable("gradient"));
    }

    /** The loss terms of a step, before the weights changed. */
    Figures figures(int step) {
        float[] terms = file.values("figures." + step);
        return new Figures(terms[0], terms[1]);
    }

    /** Weights and running statistics, {@code initial} or {@code final}. */
    NamedTensors weights(String part) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (TensorSpecification specification : architecture().tensors()) {
            weights.put(specification.name(), file.tensor(part + "." + specification.name()));
        }
        return new NamedTensors(weights);
    }

    /**
     * One tensor for each trainable one, {@code gradient} or a slot of the optimizer. Those of {@link TensorRole#ABSORBED}
     * biases are exactly zero, as backends have them: PyTorch has rounding there.
     */
    NamedTensors trainable(String part) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification specification : architecture().trainableTensors()) {
            Tensor tensor = specification.role() == TensorRole.ABSORBED
                    ? new Tensor(specification.shape(), new float[specification.size()])
                    : file.tensor(part + "." + specification.name());
            tensors.put(specification.name(), tensor);
        }
        return new NamedTensors(tensors);
    }

    /** What the file is, and what wrote it. */
    @Override
    public String toString() {
        return file.toString();
    }
}
