package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.EndlessBatches;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.ProcessMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Measures a model in this process, turn by turn. The model goes on learning all the while; its speed does not depend on
 * its weights.
 *
 * @param <T> the engine's tensor
 */
public final class EngineMeasurement<T> {
    /** So many that they do not stay in the processor's cache. */
    private static final int SAMPLE = 8;

    private final VaeModel<T> model;
    private final StepSettings settings;
    private final MatrixSpeed matrices;
    private final Duration duration;
    private final Iterator<Batch> training;
    private final Iterator<Batch> prepared;
    private final Iterator<Batch> sample;
    private final EvaluationBatches evaluation;

    /**
     * Prepares the measurement of a model.
     *
     * @param settings of its training steps
     * @param training what it is trained on
     * @param evaluation what it is evaluated on
     * @param matrices the product of matrices that is measured with it
     * @param duration for how long each thing is measured in each turn
     */
    public EngineMeasurement(
            VaeModel<T> model,
            StepSettings settings,
            TrainingBatches training,
            EvaluationBatches evaluation,
            MatrixSpeed matrices,
            Duration duration) {
        this.model = model;
        this.settings = settings;
        this.matrices = matrices;
        this.duration = duration;
        this.training = training.allEpochs();
        this.prepared = training.allEpochs();
        this.evaluation = evaluation;
        List<Batch> batches = new ArrayList<>();
        Iterator<Batch> all = training.allEpochs();
        for (int index = 0; index < SAMPLE; index++) {
            batches.add(all.next());
        }
        this.sample = new EndlessBatches(pass -> batches.iterator());
    }

    /** Measures everything once. */
    public Turn takeTurn() {
        return new Turn(
                train(),
                Stopwatch.measureAll(
                        new EndlessBatches(pass -> evaluation.iterator()),
                        duration,
                        batches -> Evaluator.evaluate(model, settings.beta(), () -> batches)),
                Stopwatch.measure(sample, duration, this::encode),
                Stopwatch.measure(sample, duration, this::decode),
                Stopwatch.measure(prepared, duration, batch -> {}),
                stepTimes(),
                matrices.measure(duration),
                boxed(ProcessMemory.peakResidentBytes()));
    }

    private Pace train() {
        try (PrefetchedBatches batches = PrefetchedBatches.start(training)) {
            return Stopwatch.measure(batches, duration, batch -> model.step(batch, settings));
        }
    }

    private StepTimes stepTimes() {
        Lap step = new Lap(batch -> model.step(batch, settings));
        Lap forward = new Lap(this::forward);
        Lap gradients = new Lap(batch -> model.gradients(batch, settings.beta()));
        Lap copy = new Lap(batch -> model.weights());
        List<Lap> laps = List.of(step, forward, gradients, copy);
        Stopwatch.measure(sample, duration.multipliedBy(laps.size()), batch -> laps.forEach(lap -> lap.run(batch)));
        return new StepTimes(step.pace(), forward.pace(), gradients.pace(), copy.pace());
    }

    private void encode(Batch batch) {
        try (TensorScope<T> scope = model.openScope()) {
            scope.download(model.encoder(batch.labels())
                    .encode(images(scope, batch), Phase.EVALUATION)
                    .mean());
        }
    }

    /** Noise is as good as any latents. */
    private void decode(Batch batch) {
        try (TensorScope<T> scope = model.openScope()) {
            scope.download(model.decoder(batch.labels()).decode(noise(scope, batch), Phase.EVALUATION));
        }
    }

    private void forward(Batch batch) {
        try (TensorScope<T> scope = model.openScope()) {
            T images = images(scope, batch);
            Posterior<T> posterior = model.encoder(batch.labels()).encode(images, Phase.TRAINING);
            T latents = model.sample(posterior, noise(scope, batch));
            T logits = model.decoder(batch.labels()).decode(latents, Phase.TRAINING);
            scope.download(model.logLikelihood(images, logits));
            scope.download(model.divergence(posterior, latents));
        }
    }

    private T images(TensorScope<T> scope, Batch batch) {
        ImageShape shape = model.architecture().image();
        return scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
    }

    private T noise(TensorScope<T> scope, Batch batch) {
        // One latent of each image; the loss may draw more of them.
        int latent = model.architecture().latent();
        return scope.upload(Arrays.copyOf(batch.noise(), batch.count() * latent), batch.count(), latent);
    }

    private static Long boxed(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() : null;
    }
}
