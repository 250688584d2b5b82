package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.export.TrainedModels.Results;
import dev.vaelab.export.TrainedModels.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An exported model computes elsewhere what it computes here")
final class ExportedModelsTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    /** Models of every kind of layer, function, likelihood and input. */
    enum Case {
        RECIPE(new ImageShape(1, 8, 8), 0, "\"model\": {\"latent\": 3, \"channels\": [4, 5], \"hidden\": 7}"),
        COLOUR_NOT_SQUARE(
                new ImageShape(3, 8, 12),
                0,
                "\"model\": {\"latent\": 2, \"channels\": [4], \"hidden\": 6},"
                        + " \"loss\": {\"reconstruction\": \"gaussian\"}, \"prior\": {\"name\": \"vamp\", \"components\": 2}"),
        MLP(
                new ImageShape(1, 5, 7),
                0,
                "\"model\": {\"network\": \"mlp\", \"latent\": 4, \"hidden\": [9, 6], \"activation\": \"tanh\"},"
                        + " \"loss\": {\"reconstruction\": \"continuous-bernoulli\"}"),
        CONDITIONAL(
                new ImageShape(3, 8, 8),
                4,
                "\"model\": {\"latent\": 3, \"channels\": [4], \"hidden\": 6, \"condition\": \"label\"},"
                        + " \"prior\": {\"name\": \"mixture\", \"components\": 2}"),
        CONDITIONAL_MLP(
                new ImageShape(1, 4, 6),
                3,
                "\"model\": {\"network\": \"mlp\", \"latent\": 2, \"hidden\": [5], \"activation\": \"elu\", \"condition\": \"label\"},"
                        + " \"loss\": {\"reconstruction\": \"mse\"}"),
        LAYERS(new ImageShape(1, 9, 7), 0, """
                "model": {
                  "latent": 3,
                  "encoder": [
                    { "convolution": 3, "kernel": 3, "stride": 2, "padding": 1 }, "batch-normalization", "leaky-relu",
                    { "convolution": 4, "kernel": 2 }, "softplus",
                    "flatten", { "linear": 8 }, "batch-normalization", "sigmoid"
                  ],
                  "decoder": [
                    { "linear": 12 }, "elu", { "reshape": [2, 3, 2] },
                    { "transposedConvolution": 3, "kernel": 3, "stride": 2, "padding": 1, "outputPadding": 1 }, "tanh",
                    { "transposedConvolution": 2, "kernel": 4, "stride": 2, "padding": 3, "outputPadding": 1 }, "relu",
                    { "transposedConvolution": 1, "kernel": 3, "stride": 1 },
                    "flatten", { "linear": 63 }, { "reshape": [1, 9, 7] }
                  ]
                }""");

        final ImageShape image;
        final int classes;
        final String sections;

        Case(ImageShape image, int classes, String sections) {
            this.image = image;
            this.classes = classes;
            this.sections = sections;
        }
    }

    /** Inputs of a model for so many images, and the labels that go with them. */
    private record Batch(float[] images, float[] latents, int[] labels) {
        static Batch of(Trained trained, int count) {
            int classes = trained.exported().architecture().classes();
            return new Batch(
                    TrainedModels.pixels(
                            count * trained.exported().architecture().image().size()),
                    TrainedModels.latents(
                            count * trained.exported().architecture().latent()),
                    classes == 0
                            ? new int[0]
                            : IntStream.range(0, count)
                                    .map(row -> (row + 1) % classes)
                                    .toArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("ONNX Runtime gives mean, log-variance and images of the engines, for one image and for several")
    void onnx(Case model) throws IOException, OrtException {
        Trained trained = trained(model);
        Path target = folder.resolve("onnx");
        new ModelExport(trained.exported(), Optional.empty()).write(ExportFormat.ONNX, target);
        for (int count : List.of(1, 3)) {
            Batch batch = Batch.of(trained, count);
            Map<String, float[]> posterior = OnnxRuntime.run(
                    target.resolve("encoder.onnx"), "images", batch.images(), shape(model, count), batch.labels());
            Map<String, float[]> images = OnnxRuntime.run(
                    target.resolve("decoder.onnx"), "latent", batch.latents(), latent(trained, count), batch.labels());
            check(
                    trained,
                    batch,
                    new Results(posterior.get("mean"), posterior.get("log_variance"), images.get("images")));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Plain DJL gives them, and so does what DJL Serving asks, from the TorchScript folders")
    void torchScript(Case model) throws IOException, ModelException, TranslateException {
        Trained trained = trained(model);
        Path target = folder.resolve("torchscript");
        new ModelExport(trained.exported(), Optional.empty()).write(ExportFormat.TORCHSCRIPT, target);
        for (int count : List.of(1, 3)) {
            Batch batch = Batch.of(trained, count);
            List<float[]> posterior =
                    PlainDjl.run(target.resolve("encoder"), batch.images(), shape(model, count), batch.labels());
            List<float[]> images =
                    PlainDjl.run(target.resolve("decoder"), batch.latents(), latent(trained, count), batch.labels());
            check(trained, batch, new Results(posterior.get(0), posterior.get(1), images.get(0)));
        }
        Batch one = Batch.of(trained, 1);
        List<float[]> posterior =
                PlainDjl.serve(target.resolve("encoder"), one.images(), shape(model, 1), one.labels());
        List<float[]> images =
                PlainDjl.serve(target.resolve("decoder"), one.latents(), latent(trained, 1), one.labels());
        check(trained, one, new Results(posterior.get(0), posterior.get(1), images.get(0)));
    }

    private Trained trained(Case model) throws IOException {
        return TrainedModels.of(folder, model.image, model.classes, model.sections);
    }

    private static long[] shape(Case model, int count) {
        return new long[] {count, model.image.channels(), model.image.height(), model.image.width()};
    }

    private static long[] latent(Trained trained, int count) {
        return new long[] {count, trained.exported().architecture().latent()};
    }

    /** By the oracle, and by an engine that people use. */
    private static void check(Trained trained, Batch batch, Results found) {
        for (String backend : List.of("reference", "djl")) {
            Results expected = trained.run(backend, batch.images(), batch.latents(), batch.labels());
            check(backend + ": mean", expected.mean(), found.mean());
            check(backend + ": log-variance", expected.logVariance(), found.logVariance());
            check(backend + ": images", expected.images(), found.images());
        }
    }

    private static void check(String what, float[] expected, float[] found) {
        assertArrayEquals(expected, found, (float) TOLERANCE, what);
    }
}
