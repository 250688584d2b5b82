package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Objective;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the likelihood by importance sampling is on an engine what it is by its formula. No engine has to do anything for it beyond
 * {@link VaeBackendContract}; this is the proof. A backend runs it with one subclass.
 */
public abstract class ImportanceSamplingContract {
    /** In nats, of an image. */
    private static final double TOLERANCE = 1e-4;

    private static final GoldenFile LIKELIHOODS = new GoldenFile("likelihood");

    /** For the class that names the backend. */
    protected ImportanceSamplingContract() {}

    /** The backend under test. */
    protected abstract VaeBackend backend();

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#withLikelihood")
    @DisplayName("the likelihood by the noise of PyTorch is PyTorch's")
    void golden(GoldenCase golden) {
        float[] expected = LIKELIHOODS.values(golden.name() + ".log_likelihood");
        float[] expectedElbo = LIKELIHOODS.values(golden.name() + ".elbo");
        Batch images = golden.batch(0);
        Batch batch = new Batch(images.count(), images.images(), LIKELIHOODS.values(golden.name() + ".noise"));
        try (VaeModel<?> model = golden.request().create(backend())) {
            List<ImageLikelihood> found = LikelihoodEstimation.of(model, batch);
            assertEquals(expected.length, found.size());
            for (int image = 0; image < expected.length; image++) {
                assertEquals(expected[image], found.get(image).logLikelihood(), TOLERANCE, golden + ", image " + image);
                assertEquals(expectedElbo[image], found.get(image).elbo(), TOLERANCE, golden + ", ELBO of " + image);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#withLikelihood")
    @DisplayName("with one sample, the likelihood of each image is its ELBO by the same latent")
    void singleSample(GoldenCase golden) {
        ModelRequest request = golden.request();
        Objective parts = request.objective();
        ModelRequest weighted = new ModelRequest(
                request.architecture(),
                new Objective(new ImportanceWeighted(1), parts.likelihood(), parts.prior(), parts.sampler()),
                request.optimizer(),
                request.clipNorm(),
                request.weights());
        Batch batch = golden.single();
        try (VaeModel<?> model = weighted.create(backend())) {
            float[] bound = model.evaluate(batch, 1).get(ImportanceWeighted.BOUND);
            List<ImageLikelihood> found = LikelihoodEstimation.of(model, batch);
            for (int image = 0; image < bound.length; image++) {
                assertEquals(-bound[image], found.get(image).logLikelihood(), TOLERANCE, golden + ", image " + image);
                assertEquals(found.get(image).elbo(), found.get(image).logLikelihood(), golden + ", image " + image);
            }
        }
    }
}
