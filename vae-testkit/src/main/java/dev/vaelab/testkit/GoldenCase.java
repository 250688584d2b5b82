package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.Deterministic;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.GaussianMixture;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.ImportanceWeighted.Gradient;
import dev.vaelab.training.part.InformationMaximizing;
import dev.vaelab.training.part.InformationMaximizing.Kernel;
import dev.vaelab.training.part.LearnedGaussian;
import dev.vaelab.training.part.Reparameterized;
import dev.vaelab.training.part.StandardGaussian;
import dev.vaelab.training.part.TotalCorrelation;
import dev.vaelab.training.part.VampPrior;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small model, and what PyTorch computed with it; {@code golden/pytorch_golden.py} tells what its file holds. */
final class GoldenCase {
    private static final List<String> NAMES = List.of(
            "beta-tc",
            "grey",
            "colour",
            "conditional",
            "conditional-planes",
            "decay",
            "descent",
            "deterministic",
            "free-bits",
            "free-bits-mixture",
            "info",
            "iwae",
            "iwae-dreg",
            "iwae-mixture",
            "layers",
            "mixture",
            "vamp",
            "vamp-normalized",
            "wae");

    /** Those whose likelihood {@code golden/pytorch_likelihood.py} has estimated. */
    private static final List<String> WITH_LIKELIHOOD = List.of("grey", "iwae", "layers", "mixture");

    private final String name;
    private final GoldenFile file;

    private GoldenCase(String name) {
        this.name = name;
        this.file = new GoldenFile(name);
    }

    /** Reads the files. */
    static Stream<GoldenCase> all() {
        return NAMES.stream().map(GoldenCase::new);
    }

    /** Reads the files of models whose likelihood is in a file of its own. */
    static Stream<GoldenCase> withLikelihood() {
        return WITH_LIKELIHOOD.stream().map(GoldenCase::new);
    }

    /** The name of its file, without the ending. */
    String name() {
        return name;
    }

    /** The bytes of the file, which the caller closes. */
    InputStream open() {
        return file.open();
    }

    /** Networks, and the tensors of the parts. */
    Architecture architecture() {
        Architecture networks = networks();
        return networks.withParts(objective().tensors(networks.image(), networks.latent()));
    }

    private Architecture networks() {
        int[] sizes = file.integers("image");
        ImageShape image = new ImageShape(sizes[0], sizes[1], sizes[2]);
        int latent = file.integer("latent");
        int classes = file.has("classes") ? file.integer("classes") : 0;
        return switch (file.text("network")) {
            case "convolutional" ->
                Architecture.convolutional(image, list("channels"), file.integer("hidden"), latent, classes);
            case "mlp" ->
                Architecture.mlp(
                        image, list("hidden"), GoldenLayers.function(file.text("activation")), latent, classes);
            case "listed" ->
                new Architecture(
                        image,
                        latent,
                        GoldenLayers.encoder(image, file.texts("encoder"), latent),
                        GoldenLayers.decoder(latent, file.texts("decoder")),
                        List.of());
            default -> throw unknown("network");
        };
    }

    private List<Integer> list(String key) {
        return Arrays.stream(file.integers(key)).boxed().toList();
    }

    /** What a backend is asked to make. */
    ModelRequest request() {
        return new ModelRequest(architecture(), objective(), optimizer(), clipNorm(), weights("initial"))
                .withTrainingImages(() -> file.integer("trainingImages"));
    }

    private Objective objective() {
        return new Objective(loss(), likelihood(), prior(), sampler());
    }

    private Loss loss() {
        return switch (file.text("loss")) {
            case "elbo" -> new Elbo(file.has("freeBits") ? file.number("freeBits") : null);
            case "beta-tc" -> new TotalCorrelation(file.number("alpha"), file.number("gamma"));
            case "info" ->
                new InformationMaximizing(
                        file.number("alpha"), file.number("lambda"), kernel(), file.number("bandwidth"));
            case "iwae" -> new ImportanceWeighted(file.integer("samples"), gradient());
            default -> throw unknown("loss");
        };
    }

    private Kernel kernel() {
        return switch (file.text("kernel")) {
            case "imq" -> Kernel.INVERSE_MULTIQUADRATIC;
            case "rbf" -> Kernel.GAUSSIAN;
            default -> throw unknown("kernel");
        };
    }

    private Gradient gradient() {
        return file.has("gradient")
                ? Gradient.valueOf(
                        file.text("gradient").toUpperCase(Locale.ROOT).replace('-', '_'))
                : null;
    }

    /** How it says how probable an image is. */
    Likelihood likelihood() {
        return switch (file.text("likelihood")) {
            case "bce" -> new Bernoulli();
            case "mse" -> new FixedGaussian(file.number("variance"));
            case "continuous-bernoulli" -> new ContinuousBernoulli();
            case "gaussian" -> new LearnedGaussian();
            default -> throw unknown("likelihood");
        };
    }

    private Prior prior() {
        return switch (file.text("prior")) {
            case "standard" -> new StandardGaussian();
            case "mixture" -> new GaussianMixture(file.integer("components"));
            case "vamp" -> new VampPrior(file.integer("components"));
            default -> throw unknown("prior");
        };
    }

    private Sampler sampler() {
        return switch (file.text("sampler")) {
            case "reparameterized" -> new Reparameterized();
            case "deterministic" -> new Deterministic();
            default -> throw unknown("sampler");
        };
    }

    private IllegalStateException unknown(String key) {
        return new IllegalStateException(this + ": unknown " + key + " " + file.text(key));
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
        return new Batch(
                file.integer("count"), file.values("images." + step), file.values("noise." + step), labels(step));
    }

    private int[] labels(int step) {
        if (!file.has("classes")) {
            return new int[0];
        }
        float[] labels = file.values("labels." + step);
        return IntStream.range(0, labels.length)
                .map(image -> (int) labels[image])
                .toArray();
    }

    /** The first batch with the first noise of each image: what the seams take, however many latents the loss draws. */
    Batch single() {
        Batch batch = batch(0);
        int each = batch.noise().length / batch.count();
        int latent = file.integer("latent");
        float[] first = new float[batch.count() * latent];
        for (int image = 0; image < batch.count(); image++) {
            System.arraycopy(batch.noise(), image * each, first, image * latent, latent);
        }
        return new Batch(batch.count(), batch.images(), first, batch.labels());
    }

    /** The forward pass of {@link #single} in a phase, {@code evaluation} or {@code training}. */
    ForwardPass forwardPass(String part) {
        return new ForwardPass(
                file.values(part + ".mean"),
                file.values(part + ".log_variance"),
                file.values(part + ".latents"),
                file.values(part + ".logits"),
                file.values(part + ".expected_images"),
                file.values(part + ".reconstruction"),
                file.values(part + ".kl"),
                file.values(part + ".log_prior"));
    }

    /** What an evaluation of the first batch says: for each term and {@code loss} a value for each image. */
    Map<String, float[]> evaluated() {
        return file.under("evaluated.");
    }

    /** Of the first batch, before any step. */
    Gradients gradients() {
        return new Gradients(figures(0), trainable("gradient"));
    }

    /** The terms of the loss in a step, before the weights changed. */
    Figures figures(int step) {
        int count = file.integer("count");
        Map<String, Double> means = new LinkedHashMap<>();
        file.under("steps.").forEach((name, values) -> {
            double sum = 0;
            for (int image = 0; image < count; image++) {
                sum += values[step * count + image];
            }
            means.put(name, sum / count);
        });
        double loss = means.remove("loss");
        return new Figures(means, loss);
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
