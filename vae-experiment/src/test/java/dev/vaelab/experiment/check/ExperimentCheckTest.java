package dev.vaelab.experiment.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.TensorMemory;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.experiment.Widths;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.Deterministic;
import dev.vaelab.training.part.GaussianMixture;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.InformationMaximizing;
import dev.vaelab.training.part.LearnedGaussian;
import dev.vaelab.training.part.TotalCorrelation;
import dev.vaelab.training.part.VampPrior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Before a training starts")
class ExperimentCheckTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final ModelConfig RECIPE = ModelConfig.DEFAULT;
    private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

    private final ExperimentCheck check = new ExperimentCheck(new MachineMemory(4 * GIBIBYTE, 16 * GIBIBYTE));

    @Test
    @DisplayName("the recipe is right on every kind of engine")
    void recipe() {
        assertEquals("", problems(config(RECIPE, 128), digits(60_000), new FakeEngine(TensorMemory.NATIVE_FLOAT32)));
        assertEquals("", problems(config(RECIPE, 128), digits(60_000), new FakeEngine(TensorMemory.HEAP_FLOAT64)));
    }

    @Test
    @DisplayName("sizes that no array holds are refused, and the advice is the largest that will do")
    void overflow() {
        assertEquals(
                "model.latent: found 2147483647, with which a tensor has 549755813632 values, expected at most 2147483639,"
                        + " which is as long as arrays are; set model.latent to at most 438315",
                problems(config(model(Integer.MAX_VALUE, null, null), 128), digits(60_000)));
        assertEquals("", problems(config(model(438_315, null, null), 128), digits(60_000)), "the advice is right, and");
        assertEquals(
                "model.latent",
                places(config(model(438_316, null, null), 128), digits(60_000)),
                "a larger number is not");
        assertEquals("model.hidden", places(config(model(null, null, 1_000_000_000), 128), digits(60_000)));
        assertEquals(
                "model.channels", places(config(model(null, List.of(100_000, 100_000), null), 128), digits(60_000)));
        assertEquals("model.hidden", places(config(model(1, List.of(1), Integer.MAX_VALUE), 1), digits(2 + 10)));
    }

    @Test
    @DisplayName(
            "a prior with tensors that nothing holds, and a loss with latents that nothing holds, are blamed themselves")
    void parts() {
        Objective recipe = ModelRequest.RECIPE;
        assertEquals(
                "prior.name: found mixture with tensors of 82000000000 values and with results of [128, 2000000000, 20] values for"
                        + " a batch, with which a tensor has 40000000000 values,"
                        + " expected at most 2147483639, which is as long as arrays are",
                text(problems(new Objective(
                        recipe.loss(), recipe.likelihood(), new GaussianMixture(2_000_000_000), recipe.sampler()))));
        assertEquals(
                "loss.name: found iwae with 100000 latents of each image, with which a training takes at least 76.8 GiB for"
                        + " 1691881 weights, their gradients, the optimizer and batches of 128, expected at most 16.0 GiB, which is"
                        + " the memory of this machine; set training.batchSize to at most 26",
                text(problems(new Objective(
                        new ImportanceWeighted(100_000), recipe.likelihood(), recipe.prior(), recipe.sampler()))));
        assertEquals(
                "",
                text(problems(new Objective(
                        new ImportanceWeighted(50),
                        new LearnedGaussian(),
                        new GaussianMixture(500),
                        new Deterministic()))));
    }

    @Test
    @DisplayName(
            "a batch whose images a loss compares with each other, or whose latents a prior compares with components, is"
                    + " refused where nothing holds that, with a batch that will do")
    void comparisons() {
        Objective recipe = ModelRequest.RECIPE;
        Objective correlation =
                new Objective(new TotalCorrelation(), recipe.likelihood(), recipe.prior(), recipe.sampler());
        assertEquals("", text(problems(correlation, 6000)));
        assertEquals(
                "loss.name: found beta-tc with results of [20000, 20000, 20] values for a batch, with which a training takes"
                        + " at least 92.3 GiB for 1691881 weights, their gradients, the optimizer and batches of 20000, expected at"
                        + " most 16.0 GiB, which is the memory of this machine; set training.batchSize to at most ",
                withoutNumberAtTheEnd(text(problems(correlation, 20_000))));
        Objective discrepancy =
                new Objective(new InformationMaximizing(), recipe.likelihood(), recipe.prior(), recipe.sampler());
        assertEquals(
                "loss.name: found info with results of [40000, 40000] values for a batch, with which a training takes at least"
                        + " ",
                text(problems(discrepancy, 40_000)).replaceAll("least .*", "least "));
        Objective mixture =
                new Objective(recipe.loss(), recipe.likelihood(), new GaussianMixture(50_000), recipe.sampler());
        assertEquals("", text(problems(mixture, 128)));
        assertEquals(
                "prior.name: found mixture with tensors of 2050000 values and with results of [5000, 50000, 20] values for a"
                        + " batch, with which a training takes at least 38.1 GiB",
                text(problems(mixture, 5000)).replaceAll(" for 3.*", ""));
        Objective weighted = new Objective(
                new ImportanceWeighted(50), recipe.likelihood(), new GaussianMixture(3000), recipe.sampler());
        assertEquals("", text(problems(weighted, 128)));
        assertEquals("loss.name", problems(weighted, 1000).get(0).place(), "either would do, and it is the first");
    }

    @Test
    @DisplayName("pseudo-inputs go through the encoder as images do, and are refused where nothing holds that")
    void pseudoInputs() {
        Objective recipe = ModelRequest.RECIPE;
        for (ModelConfig model : List.of(RECIPE, mlp())) {
            Objective few = new Objective(recipe.loss(), recipe.likelihood(), new VampPrior(500), recipe.sampler());
            assertEquals(
                    List.of(), check.problems(config(model, 128), few, digits(60_000), false, Optional.of(engine())));
        }
        Objective many = new Objective(recipe.loss(), recipe.likelihood(), new VampPrior(160_000), recipe.sampler());
        // 160,000 pseudo-inputs with gradient and optimizer are 2 GB; 20,000 values of the encoder for each are 12 GB
        // more.
        String told = text(check.problems(config(RECIPE, 128), many, digits(60_000), false, Optional.of(engine())));
        assertEquals("prior.name: found vamp with tensors of 125440000 values", told.replaceAll(" and with .*", ""));
    }

    private static ModelConfig mlp() {
        return new ModelConfig(ModelConfig.Network.MLP, 50, null, Widths.of(200), null, null, null);
    }

    private List<Problem> problems(Objective objective, int batchSize) {
        return check.problems(config(RECIPE, batchSize), objective, digits(60_000), false, Optional.of(engine()));
    }

    private static String withoutNumberAtTheEnd(String text) {
        return text.replaceAll("\\d+$", "");
    }

    private List<Problem> problems(Objective objective) {
        return check.problems(config(RECIPE, 128), objective, digits(60_000), false, Optional.of(engine()));
    }

    @Test
    @DisplayName("a batch of images that no array holds is blamed on the batch, or on the images")
    void hugeBatch() {
        DataFacts data = new DataFacts("pictures", new ImageShape(3, 2048, 2048), 10_000, 1);
        assertEquals(
                "training.batchSize",
                places(config(model(1, List.of(1), 1), 5000), data, new FakeEngine(TensorMemory.NATIVE_FLOAT32)));
    }

    @Test
    @DisplayName("memory that the machine does not have is told, with what would fit")
    void memory() {
        assertEquals(
                "model.hidden: found 250000, with which a training takes at least 17.7 GiB for 1583570377 weights, their"
                        + " gradients, the optimizer and batches of 128, expected at most 4.0 GiB, which is Java's heap; set"
                        + " model.hidden to at most 56490",
                problems(config(model(null, null, 250_000), 128), digits(60_000)));
        assertEquals("", problems(config(model(null, null, 56_490), 128), digits(60_000)));
    }

    @Test
    @DisplayName("more heap is advised where the machine has it, and only there")
    void moreHeap() {
        ExperimentConfig config = config(model(null, null, 80_000), 128);
        assertEquals(
                "model.hidden: found 80000, with which a training takes at least 5.7 GiB for 506790377 weights, their"
                        + " gradients, the optimizer and batches of 128, expected at most 4.0 GiB, which is Java's heap; set"
                        + " model.hidden to at most 56490, or give Java more with VAE_JAVA_OPTIONS=-Xmx7g",
                problems(config, digits(60_000)));
        ExperimentCheck small = new ExperimentCheck(new MachineMemory(4 * GIBIBYTE, 6 * GIBIBYTE));
        String told = text(small.problems(config, ModelRequest.RECIPE, digits(60_000), false, Optional.of(engine())));
        assertEquals(-1, told.indexOf("Xmx"), told);
    }

    @Test
    @DisplayName("an engine in Java's heap needs more of it")
    void heapEngine() {
        ExperimentConfig config = config(model(null, null, 20_000), 128);
        assertEquals("", problems(config, digits(60_000), new FakeEngine(TensorMemory.NATIVE_FLOAT32)));
        assertEquals("model.hidden", places(config, digits(60_000), new FakeEngine(TensorMemory.HEAP_FLOAT64)));
    }

    @Test
    @DisplayName(
            "a last batch of one image that leaves nothing to normalize is refused, with the nearest size that does")
    void lastBatchOfOne() {
        DataFacts data = new DataFacts("small", new ImageShape(1, 2, 2), 27, 5);
        ModelConfig pixel = model(1, List.of(2), 4);
        assertEquals(
                "training.batchSize: found 16, which leaves 1 of 17 images for the last batch, expected at least 2 images in"
                        + " each batch: of features of one pixel one image has a single value of each channel, which batch"
                        + " normalization cannot normalize; set training.batchSize to 15",
                problems(config(pixel, 16), data));
        assertEquals("", problems(config(pixel, 15), data));
        assertEquals("", problems(config(pixel, 17), data));
        assertEquals("", problems(config(pixel, 500), data));
        assertEquals("training.batchSize", places(config(pixel, 1), data));
        assertEquals("training.batchSize", places(config(pixel, 2), data));
        assertEquals("dataset.train", places(config(pixel, 16), new DataFacts("small", data.shape(), 11, 5)));
    }

    @Test
    @DisplayName(
            "a batch of one image is refused by a loss that compares images with each other, whatever the network is")
    void comparingLoss() {
        Objective recipe = ModelRequest.RECIPE;
        Objective comparing =
                new Objective(new TotalCorrelation(), recipe.likelihood(), recipe.prior(), recipe.sampler());
        DataFacts data = new DataFacts("small", new ImageShape(1, 4, 2), 27, 5);
        ModelConfig model = model(1, List.of(2), 4);
        assertEquals(
                "training.batchSize: found 1, expected at least 2 images in each batch: the loss beta-tc compares the images of"
                        + " a batch with each other; set training.batchSize to 3",
                text(check.problems(config(model, 1), comparing, data, false, Optional.of(engine()))));
        assertEquals(List.of(), check.problems(config(model, 3), comparing, data, false, Optional.of(engine())));
    }

    @Test
    @DisplayName("a single image is enough where features have more than one pixel")
    void singleImage() {
        DataFacts data = new DataFacts("small", new ImageShape(1, 4, 2), 27, 5);
        assertEquals("", problems(config(model(1, List.of(2), 4), 16), data));
        assertEquals("", problems(config(model(1, List.of(2), 4), 1), data));
    }

    @Test
    @DisplayName("images that the convolutions do not halve evenly get advice that is right")
    void unevenImages() {
        DataFacts data = new DataFacts("pictures", new ImageShape(3, 64, 50), 100, 5);
        assertEquals(
                "model.channels: found 2 convolutions for images of 3x64x50, expected height and width divisible by 2 to the"
                        + " power of 2; each convolution halves both: use at most 1 of them, or set dataset.size to [64, 48]",
                text(check.problems(config(RECIPE, 16), ModelRequest.RECIPE, data, true, Optional.of(engine()))));
        assertEquals(
                "model.channels: found 2 convolutions for images of 3x27x27, expected height and width divisible by 2 to the"
                        + " power of 2; each convolution halves both: use images of another size",
                text(check.problems(
                        config(RECIPE, 16),
                        ModelRequest.RECIPE,
                        new DataFacts("idx", new ImageShape(3, 27, 27), 100, 5),
                        false,
                        Optional.of(engine()))));
    }

    private static DataFacts digits(int training) {
        return new DataFacts("digits", DIGIT, training, 10);
    }

    private static ModelConfig model(Integer latent, List<Integer> channels, Integer hidden) {
        return new ModelConfig(null, latent, channels, hidden == null ? null : Widths.of(hidden), null, null, null);
    }

    private static ExperimentConfig config(ModelConfig model, int batchSize) {
        DatasetConfig dataset = new DatasetConfig("digits", null, null, null, 10, null, null, null);
        TrainingConfig training = new TrainingConfig(null, batchSize, null, null, null, null);
        return new ExperimentConfig("tried", null, "fake", dataset, model, null, null, null, training, null);
    }

    private static VaeBackend engine() {
        return new FakeEngine(TensorMemory.NATIVE_FLOAT32);
    }

    private String problems(ExperimentConfig config, DataFacts data) {
        return problems(config, data, engine());
    }

    private String problems(ExperimentConfig config, DataFacts data, VaeBackend backend) {
        return text(check.problems(config, ModelRequest.RECIPE, data, false, Optional.of(backend)));
    }

    private String places(ExperimentConfig config, DataFacts data) {
        return places(config, data, engine());
    }

    private String places(ExperimentConfig config, DataFacts data, VaeBackend backend) {
        return check.problems(config, ModelRequest.RECIPE, data, false, Optional.of(backend)).stream()
                .map(Problem::place)
                .collect(Collectors.joining("\n"));
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    /** Says where its tensors are, and is asked for nothing else. */
    private record FakeEngine(TensorMemory memory) implements VaeBackend {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public String description() {
            return "declares things";
        }

        @Override
        public EngineDescription engine() {
            throw new UnsupportedOperationException("checks load no engine");
        }

        @Override
        public Engine<?> open() {
            throw new UnsupportedOperationException("checks make no model");
        }
    }
}
