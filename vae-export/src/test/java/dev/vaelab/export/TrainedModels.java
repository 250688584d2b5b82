package dev.vaelab.export;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.wiring.DataSource;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.export.graph.ExportedModel;
import dev.vaelab.training.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models of experiment files, with weights that nobody trained, and what the program itself computes with them. */
final class TrainedModels {
    private static final Laboratory LABORATORY = Laboratory.open();

    private TrainedModels() {}

    /** What encoder and decoder give: mean, log-variance, and the expected images of the latents. */
    record Results(float[] mean, float[] logVariance, float[] images) {}

    /** A model and what it takes to run it. */
    record Trained(ExportedModel exported, ModelRequest request) {
        /** What an engine makes of images and latents. */
        Results run(String backend, float[] images, float[] latents, int... labels) {
            VaeBackend engine = LABORATORY.backends().require(backend, "test");
            try (VaeModel<?> model = request.create(engine)) {
                return results(model, images, latents, labels);
            }
        }

        private <T> Results results(VaeModel<T> model, float[] images, float[] latents, int... labels) {
            TensorOperations<T> operations = model.operations();
            ImageShape shape = exported.architecture().image();
            int count = images.length / shape.size();
            try (TensorScope<T> scope = model.openScope()) {
                Posterior<T> posterior = model.encoder(labels)
                        .encode(
                                operations.upload(images, count, shape.channels(), shape.height(), shape.width()),
                                Phase.EVALUATION);
                T logits = model.decoder(labels)
                        .decode(
                                operations.upload(
                                        latents, count, exported.architecture().latent()),
                                Phase.EVALUATION);
                return new Results(
                        operations.download(posterior.mean()),
                        operations.download(posterior.logVariance()),
                        operations.download(model.expectedImages(logits)));
            }
        }
    }

    /**
     * A model.
     *
     * @param sections of an experiment file, without braces around: {@code "model": {...}, "loss": {...}}
     * @param classes that a conditional model knows; 0 for another one
     */
    static Trained of(Path folder, ImageShape image, int classes, String sections) throws IOException {
        Path file = folder.resolve("experiment.json");
        Files.writeString(
                file,
                "{\"name\": \"exported\", \"seed\": 3, \"backend\": \"reference\", \"dataset\": {\"name\": \"mnist\"}, "
                        + sections + "}");
        LoadedExperiment loaded = LABORATORY.loader().load(file, List.of(), Optional.empty());
        Laboratory.Assembly assembly = LABORATORY.assemble(
                loaded.config(),
                DataSource.of(
                        loaded.config().dataset(), image, classes == 0 ? Optional.empty() : Optional.of(classes)));
        ModelRequest initial = assembly.get(ModelFactory.class).initialRequest();
        ModelRequest request = initial.withWeights(unlikeNew(initial.weights()));
        return new Trained(
                new ExportedModel(
                        loaded.config(),
                        request.architecture(),
                        request.objective(),
                        request.weights(),
                        List.of("zero", "one")),
                request);
    }

    /** Batch normalization and other parts begin with 0 and 1, which could hide a mistake. */
    private static NamedTensors unlikeNew(NamedTensors initial) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        initial.asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int index = 0; index < values.length; index++) {
                float wave = 0.2f * (float) Math.sin(1 + 7 * index + name.length());
                values[index] += name.endsWith(".running_var") ? Math.abs(wave) : wave;
            }
            tensors.put(name, new Tensor(tensor.shape(), values));
        });
        return new NamedTensors(tensors);
    }

    /** Numbers from 0 to 1 that look like nothing. */
    static float[] pixels(int count) {
        float[] pixels = new float[count];
        for (int index = 0; index < count; index++) {
            pixels[index] = (index * 37 % 256) / 255f;
        }
        return pixels;
    }

    /** Numbers of both signs, zero among them. */
    static float[] latents(int count) {
        float[] latents = new float[count];
        for (int index = 0; index < count; index++) {
            latents[index] = (index * 13 % 41 - 20) / 10f;
        }
        return latents;
    }
}
