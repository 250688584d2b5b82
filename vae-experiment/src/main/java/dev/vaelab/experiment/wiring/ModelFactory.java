package dev.vaelab.experiment.wiring;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.Checkpoint;
import dev.vaelab.training.model.ModelRequest;
import jakarta.inject.Inject;
import java.util.Optional;

/** Makes the experiment's model on the experiment's engine. */
public final class ModelFactory {
    private final ExperimentConfig config;
    private final VaeBackend backend;
    private final Architecture architecture;
    private final Objective objective;
    private final RandomStreams streams;
    private final TrainingImages trainingImages;

    @Inject
    ModelFactory(
            ExperimentConfig config,
            VaeBackend backend,
            Architecture architecture,
            Objective objective,
            RandomStreams streams,
            TrainingImages trainingImages) {
        this.config = config;
        this.backend = backend;
        this.architecture = architecture;
        this.objective = objective;
        this.streams = streams;
        this.trainingImages = trainingImages;
    }

    /** A model that has learned nothing yet; the caller closes it. */
    public VaeModel<?> withInitialWeights() {
        return initialRequest().create(backend);
    }

    /**
     * A model to be trained, which keeps an average of its weights if the experiment asks for one; the caller closes it.
     *
     * @param from where the training goes on; nothing for its beginning
     */
    VaeModel<?> toTrain(Optional<Checkpoint> from) {
        ModelRequest request =
                from.map(checkpoint -> request(checkpoint.weights())).orElseGet(this::initialRequest);
        AverageConfig average = config.training().average();
        VaeModel<?> model = (average == null ? request : request.withAverage(average)).create(backend);
        from.ifPresent(checkpoint -> checkpoint.restore(model));
        return model;
    }

    /** A model with trained weights; the caller closes it. */
    public VaeModel<?> withWeights(NamedTensors weights) {
        return request(weights).create(backend);
    }

    /** What an engine needs to make the model that a training starts from. */
    public ModelRequest initialRequest() {
        return request(InitialWeights.draw(architecture, streams, config.model().initialization()));
    }

    /** What an engine needs to make the model with these weights. */
    public ModelRequest request(NamedTensors weights) {
        Double clipNorm = config.training().clipNorm();
        return new ModelRequest(
                architecture,
                objective,
                config.training().optimizer().settings(),
                clipNorm == null ? Double.POSITIVE_INFINITY : clipNorm,
                weights,
                trainingImages);
    }
}
