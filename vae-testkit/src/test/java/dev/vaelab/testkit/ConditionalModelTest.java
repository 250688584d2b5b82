package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.Phase;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.VampPrior;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A class-conditional model")
final class ConditionalModelTest {
    private static final ContractCase ROWS = ContractCase.conditional()
            .filter(tried -> tried.architecture().encoder().input().size() == 1)
            .findFirst()
            .orElseThrow();

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#conditional")
    @DisplayName("encodes an image, and decodes a latent, with another label into something else")
    void labelsMatter(ContractCase tried) {
        Batch batch = tried.batch(0);
        int[] others = Arrays.stream(batch.labels())
                .map(label -> (label + 1) % tried.architecture().classes())
                .toArray();
        try (VaeModel<?> model = tried.request().create(new ReferenceBackend())) {
            PosteriorValues posteriors = PosteriorValues.of(model, batch.images(), batch.labels());
            assertFalse(Arrays.equals(
                    posteriors.means(),
                    PosteriorValues.of(model, batch.images(), others).means()));
            assertFalse(Arrays.equals(
                    ModelImages.decode(model, posteriors.means(), batch.labels()),
                    ModelImages.decode(model, posteriors.means(), others)));
        }
    }

    /** The label of a row decides, and not its place in the batch. */
    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#conditional")
    @DisplayName("gives each image the same whatever the labels of the others are")
    void eachByItself(ContractCase tried) {
        Batch batch = tried.batch(0);
        int size = tried.architecture().image().size();
        int latent = tried.architecture().latent();
        try (VaeModel<?> model = tried.request().create(new ReferenceBackend())) {
            float[] all =
                    PosteriorValues.of(model, batch.images(), batch.labels()).means();
            for (int image = 0; image < batch.count(); image++) {
                float[] pixels = Arrays.copyOfRange(batch.images(), image * size, (image + 1) * size);
                assertArrayEquals(
                        Arrays.copyOfRange(all, image * latent, (image + 1) * latent),
                        PosteriorValues.of(model, pixels, batch.labels()[image]).means(),
                        1e-6f);
            }
        }
    }

    @Test
    @DisplayName(
            "has the columns of the labels behind those of the image and of the latents, and all names as without labels")
    void tensors() {
        ImageShape image = new ImageShape(1, 8, 8);
        Architecture rows = Architecture.mlp(image, List.of(7), Function.TANH, 3, 4);
        Architecture planes = Architecture.convolutional(image, List.of(2), 5, 3, 4);
        assertEquals(List.of(7, 68), shape(rows, "encoder.fc.weight"));
        assertEquals(List.of(7, 7), shape(rows, "decoder.fc1.weight"));
        assertEquals(List.of(2, 5, 4, 4), shape(planes, "encoder.conv1.weight"));
        assertEquals(List.of(5, 7), shape(planes, "decoder.fc1.weight"));
        assertEquals(List.of(2, 1, 4, 4), shape(planes, "decoder.deconv1.weight"));
        assertEquals(names(Architecture.mlp(image, List.of(7), Function.TANH, 3)), names(rows));
        assertEquals(names(Architecture.convolutional(image, List.of(2), 5, 3)), names(planes));
    }

    private static List<Integer> shape(Architecture architecture, String name) {
        return architecture.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    private static List<String> names(Architecture architecture) {
        return architecture.tensors().stream().map(tensor -> tensor.name()).toList();
    }

    @Test
    @DisplayName(
            "estimates a likelihood with the label of each image behind all of its latents: with one of them it is the ELBO")
    void likelihood() {
        try (VaeModel<?> model = ROWS.request().create(new ReferenceBackend())) {
            Batch batch = ROWS.batch(0);
            List<ImageLikelihood> estimates = LikelihoodEstimation.of(model, batch);
            ForwardPass pass = ForwardPass.of(model, batch, Phase.EVALUATION);
            for (int image = 0; image < batch.count(); image++) {
                List<ImageLikelihood> alone = LikelihoodEstimation.of(model, only(batch, image));
                assertEquals(
                        alone.get(0).logLikelihood(), estimates.get(image).logLikelihood(), 1e-4, "image " + image);
            }
            assertEquals(batch.count(), pass.kl().length);
            Batch several = ROWS.ofVectors(3).batch(0);
            List<ImageLikelihood> ofSeveral = LikelihoodEstimation.of(model, several);
            for (int image = 0; image < several.count(); image++) {
                assertEquals(
                        LikelihoodEstimation.of(model, only(several, image))
                                .get(0)
                                .logLikelihood(),
                        ofSeveral.get(image).logLikelihood(),
                        1e-4,
                        "image " + image);
            }
        }
    }

    @Test
    @DisplayName("repeats the label of an image for all latents that a loss draws of it")
    void repeated() {
        Objective recipe = ModelRequest.RECIPE;
        Objective weighted =
                new Objective(new ImportanceWeighted(3), recipe.likelihood(), recipe.prior(), recipe.sampler());
        Batch batch = ROWS.ofVectors(3).batch(0);
        try (VaeModel<?> model = ROWS.request().withObjective(weighted).create(new ReferenceBackend())) {
            float[] all = model.evaluate(batch, 1).get("loss");
            for (int image = 0; image < batch.count(); image++) {
                assertEquals(model.evaluate(only(batch, image), 1).get("loss")[0], all[image], 1e-4, "image " + image);
            }
        }
    }

    /** One image of a batch, with its noise and its label. */
    private static Batch only(Batch batch, int image) {
        int size = batch.images().length / batch.count();
        int noise = batch.noise().length / batch.count();
        return new Batch(
                1,
                Arrays.copyOfRange(batch.images(), image * size, (image + 1) * size),
                Arrays.copyOfRange(batch.noise(), image * noise, (image + 1) * noise),
                new int[] {batch.labels()[image]});
    }

    @Test
    @DisplayName("refuses images without labels, and labels that it has no class for")
    void refusals() {
        try (VaeModel<?> model = ROWS.request().create(new ReferenceBackend())) {
            Batch batch = ROWS.batch(0);
            Batch unlabelled = new Batch(batch.count(), batch.images(), batch.noise());
            requireRefusal("a batch of 6 needs 6 x 1 values of labels, found 0", () -> model.evaluate(unlabelled, 1));
            int[] wrong = batch.labels().clone();
            wrong[2] = 4;
            requireRefusal(
                    "the labels of the model go from 0 to 3, found 4",
                    () -> model.evaluate(new Batch(batch.count(), batch.images(), batch.noise(), wrong), 1));
            requireRefusal("the labels of the model go from 0 to 3, found -1", () -> model.encoder(-1));
            requireRefusal(
                    "a conditional model needs the label of each of 1 latents, found 0",
                    () -> ModelImages.decode(model, new float[3]));
            requireRefusal(
                    "a conditional model needs the label of each of 6 images, found 2",
                    () -> PosteriorValues.of(model, batch.images(), 0, 1));
        }
    }

    @Test
    @DisplayName("is not made with a prior whose pseudo-inputs nobody has labelled")
    void pseudoInputs() {
        Objective recipe = ModelRequest.RECIPE;
        Objective vamp = new Objective(recipe.loss(), recipe.likelihood(), new VampPrior(2), recipe.sampler());
        Architecture networks = ROWS.architecture();
        ContractCase complete =
                ROWS.ofArchitecture(networks.withParts(vamp.tensors(networks.image(), networks.latent())));
        requireRefusal(
                "a conditional model needs the labels of the images that it encodes, and the prior vamp has pseudo-inputs"
                        + " without labels",
                () -> new ModelRequest(
                        complete.architecture(),
                        vamp,
                        OptimizerSettings.ADAM,
                        Double.POSITIVE_INFINITY,
                        complete.weights()));
    }

    private static void requireRefusal(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
