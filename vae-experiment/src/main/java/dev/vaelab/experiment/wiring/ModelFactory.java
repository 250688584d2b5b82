package dev.vaelab.experiment.wiring;

import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.InitialWeights;
import dev.vaelab.api.weights.NamedTensors;
import jakarta.inject.Inject;

/** Makes the experiment's model on the experiment's engine. */
public final class ModelFactory {
    private final ExperimentConfig config;
    private final VaeBackend backend;
    private final Architecture architecture;
    private final RandomStreams streams;

    @Inject
    ModelFactory(ExperimentConfig config, VaeBackend backend, Architecture architecture, RandomStreams streams) {
        this.config = config;
        this.backend = backend;
        this.architecture = architecture;
        this.streams = streams;
    }

    /** A model that has learned nothing yet; the caller closes it. */
    public VaeModel<?> withInitialWeights() {
        return backend.create(initialRequest());
    }

    /** A model with trained weights; the caller closes it. */
    public VaeModel<?> withWeights(NamedTensors weights) {
        return backend.create(request(weights));
    }

    /** What an engine needs to make the model that a training starts from. */
    public ModelRequest initialRequest() {
        return request(InitialWeights.draw(architecture, streams));
    }

    /** What an engine needs to make the model with these weights. */
    public ModelRequest request(NamedTensors weights) {
        Double clipNorm = config.training().clipNorm();
        return new ModelRequest(
                architecture,
                config.loss().likelihood(),
                config.training().optimizer().settings(),
                clipNorm == null ? Double.POSITIVE_INFINITY : clipNorm,
                weights);
    }
}
