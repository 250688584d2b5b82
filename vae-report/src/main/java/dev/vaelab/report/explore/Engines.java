package dev.vaelab.report.explore;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.model.ModelRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same trained model in one engine or in several. Belongs to the thread that opened it. */
final class Engines implements AutoCloseable {
    private final Map<String, VaeModel<?>> models = new LinkedHashMap<>();

    private Engines() {}

    /** Makes the model in each engine. */
    static Engines open(List<VaeBackend> backends, ModelRequest request) {
        Engines engines = new Engines();
        try {
            backends.forEach(backend -> engines.models.put(backend.name(), request.create(backend)));
            return engines;
        } catch (RuntimeException | Error e) {
            engines.close();
            throw e;
        }
    }

    /** The names of the engines, in their order. */
    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /**
     * What each engine makes of latents: pixels in [0,1].
     *
     * @param labels of the images; a model that is not conditional looks at none
     */
    List<float[]> decode(float[] latents, int... labels) {
        return models.values().stream()
                .map(model -> ModelImages.decode(model, latents, labels))
                .toList();
    }

    /** Posteriors of images, by the first engine. */
    PosteriorValues encode(ImageSubset images, int from, int count) {
        return PosteriorValues.of(models.values().iterator().next(), images, from, count);
    }

    /** Latents drawn from the prior, the same whichever engine has the model. */
    float[] draw(int count, RandomStreams streams) {
        return models.values().iterator().next().drawFromPrior(count, streams, Purpose.GENERATION);
    }

    @Override
    public void close() {
        models.values().forEach(VaeModel::close);
    }
}
