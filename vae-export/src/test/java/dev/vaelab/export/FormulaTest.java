package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.export.TrainedModels.Trained;
import dev.vaelab.export.graph.ExportedModel;
import dev.vaelab.training.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Whatever a likelihood makes of each logit leaves the program with the decoder")
final class FormulaTest {
    private static final ImageShape IMAGE = new ImageShape(2, 3, 4);

    @TempDir
    Path folder;

    /** Everything that can be written, at values on both sides of zero, and tensors of its own. */
    private record EveryOperation() implements Likelihood {
        @Override
        public String name() {
            return "every-operation";
        }

        @Override
        public String description() {
            return "for tests";
        }

        @Override
        public List<TensorSpecification> tensors(ImageShape image, int latent) {
            return List.of(new TensorSpecification("channel-scale", List.of(2), TensorRole.ZERO));
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
            return images.bernoulliLogDensity(logits);
        }

        @Override
        public <X> Operand<X> mean(Operand<X> logits, PartTensors<X> own) {
            Operand<X> scaled = logits.times(own.get("channel-scale").reshape(1, 2, 1, 1));
            Operand<X> small = scaled.times(1e-3);
            Operand<X> positive = scaled.squared();
            Operand<X> nearOne = small.expm1().over(scaled.number(1e-3)).minus(positive.log1p());
            Operand<X> roots = positive.plus(0.5)
                    .sqrt()
                    .plus(positive.plus(1).log())
                    .plus(small.log1p().times(1e3));
            Operand<X> chosen = scaled.greater(logits.number(0)).select(scaled.softplus(), scaled.exp());
            return nearOne.plus(roots)
                    .minus(chosen)
                    .plus(scaled.tanh())
                    .plus(scaled.sigmoid())
                    .plus(scaled.relu());
        }
    }

    /** A distribution over the pixels of an image, which are not independent of each other. */
    private record OverPixels() implements Likelihood {
        @Override
        public String name() {
            return "over-pixels";
        }

        @Override
        public String description() {
            return "for tests";
        }

        @Override
        public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
            return images.bernoulliLogDensity(logits);
        }

        @Override
        public <X> Operand<X> mean(Operand<X> logits, PartTensors<X> own) {
            Operand<X> values = logits.exp();
            return values.over(values.sum(1, 2, 3).reshape(logits.size(0), 1, 1, 1));
        }
    }

    @Test
    @DisplayName("operation by operation, in ONNX Runtime and in PyTorch as in the engine")
    void everyOperation() throws Exception {
        Trained trained = trained(new EveryOperation());
        float[] latents = TrainedModels.latents(6);
        float[] expected = trained.run("reference", TrainedModels.pixels(3 * IMAGE.size()), latents)
                .images();
        ModelExport export = new ModelExport(trained.exported(), Optional.empty());
        export.write(ExportFormat.ONNX, folder.resolve("onnx"));
        assertArrayEquals(
                expected,
                OnnxRuntime.run(folder.resolve("onnx/decoder.onnx"), "latent", latents, new long[] {3, 2})
                        .get("images"),
                1e-5f);
        export.write(ExportFormat.TORCHSCRIPT, folder.resolve("torchscript"));
        assertArrayEquals(
                expected,
                PlainDjl.run(folder.resolve("torchscript/decoder"), latents, new long[] {3, 2})
                        .get(0),
                1e-5f);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("What it makes of logits together is refused, and nothing is written")
    void together(ExportFormat format) throws IOException {
        Trained trained = trained(new OverPixels());
        Path target = folder.resolve("exported");
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> new ModelExport(trained.exported(), Optional.empty()).write(format, target));
        assertEquals(
                format == ExportFormat.HUGGINGFACE
                        ? "loss.reconstruction: found over-pixels, expected one whose expected images modeling_vae.py computes:"
                                + " bce, mse, gaussian, continuous-bernoulli; the formats onnx and torchscript write the formula of"
                                + " any likelihood"
                        : "loss.reconstruction: found over-pixels, whose expected image takes the operation sum, expected a"
                                + " likelihood whose expected image follows from each logit by itself; no other one can be exported"
                                + " for any number of images",
                refusal.problems().get(0).toString());
        assertFalse(Files.exists(target));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("experiment.json"),
                    left.map(path -> path.getFileName().toString()).toList());
        }
    }

    private Trained trained(Likelihood likelihood) throws IOException {
        Trained before =
                TrainedModels.of(folder, IMAGE, 0, "\"model\": {\"network\": \"mlp\", \"latent\": 2, \"hidden\": [5]}");
        Objective old = before.request().objective();
        Objective objective = new Objective(old.loss(), likelihood, old.prior(), old.sampler());
        Map<String, Tensor> weights =
                new LinkedHashMap<>(before.request().weights().asMap());
        List<TensorSpecification> parts = objective.tensors(IMAGE, 2);
        parts.forEach(part -> weights.put(part.name(), new Tensor(part.shape(), new float[] {0.8f, -1.2f})));
        ModelRequest request = new ModelRequest(
                before.request().architecture().withParts(parts),
                objective,
                before.request().optimizer(),
                Double.POSITIVE_INFINITY,
                new NamedTensors(weights));
        return new Trained(
                new ExportedModel(
                        before.exported().config(), request.architecture(), objective, request.weights(), List.of()),
                request);
    }
}
