package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.backend.StepSettings;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * A whole experiment file.
 *
 * @param name what people call it; names run folders: at most 100 letters, digits, dots, underscores and hyphens
 * @param seed where all of its random numbers come from; default 42
 * @param backend the engine's name, as {@code ./vae backends} lists them; never defaulted
 * @param dataset which images
 * @param model networks
 * @param prior of latents
 * @param sampler of latents
 * @param loss what is minimized
 * @param training how
 * @param logging what is recorded beside the run's own files
 * @param published what papers print for this experiment; none if it is of no paper
 */
public record ExperimentConfig(
        @JsonProperty(required = true)
        @Pattern(
                regexp = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
                message = "text of at most 100 letters, digits, '.', '_' and '-', the first a letter or digit")
        @JsonPropertyDescription("What people call it; names run folders.")
        String name,

        @JsonPropertyDescription("Where all random numbers come from.")
        Long seed,

        @JsonProperty(required = true) @JsonPropertyDescription("The engine, as ./vae backends lists them.")
        String backend,

        @JsonProperty(required = true) @JsonPropertyDescription("Which images, and how they are split.")
        DatasetConfig dataset,

        @JsonPropertyDescription("The networks of the model.")
        ModelConfig model,

        @JsonPropertyDescription("The distribution of latents before an image is seen.")
        PriorConfig prior,

        @JsonPropertyDescription("How latents are drawn from the posterior.")
        SamplerConfig sampler,

        @JsonPropertyDescription("What is minimized.") LossConfig loss,
        @JsonPropertyDescription("How it is minimized.") TrainingConfig training,

        @JsonPropertyDescription("What is recorded beside the run's own files.")
        LoggingConfig logging,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "What papers print for this experiment: compare puts it beside the figures of the runs.")
        List<PublishedFigure> published) {
    /** Fills in defaults. */
    public ExperimentConfig {
        seed = seed == null ? Long.valueOf(42) : seed;
        model = model == null ? ModelConfig.DEFAULT : model;
        prior = prior == null ? PriorConfig.DEFAULT : prior;
        sampler = sampler == null ? SamplerConfig.DEFAULT : sampler;
        loss = loss == null ? LossConfig.DEFAULT : loss;
        training = training == null ? TrainingConfig.DEFAULT : training;
        logging = logging == null ? LoggingConfig.DEFAULT : logging;
        published = published == null ? List.of() : List.copyOf(published);
    }

    /** An experiment of no paper. */
    public ExperimentConfig(
            String name,
            Long seed,
            String backend,
            DatasetConfig dataset,
            ModelConfig model,
            PriorConfig prior,
            SamplerConfig sampler,
            LossConfig loss,
            TrainingConfig training,
            LoggingConfig logging) {
        this(name, seed, backend, dataset, model, prior, sampler, loss, training, logging, null);
    }

    /** What the figures of this experiment measure; only figures of one measure can be compared. */
    public Measure measure() {
        return new Measure(
                loss.name().equals(LossConfig.ELBO) ? null : loss.name(),
                loss.reconstruction(),
                dataset.binarization(),
                model.condition(),
                loss.keys());
    }

    /** The same with other parts of the objective. */
    public ExperimentConfig with(LossConfig otherLoss, PriorConfig otherPrior, SamplerConfig otherSampler) {
        return new ExperimentConfig(
                name, seed, backend, dataset, model, otherPrior, otherSampler, otherLoss, training, logging, published);
    }

    /** The same on data from elsewhere. */
    public ExperimentConfig with(DatasetConfig data) {
        return new ExperimentConfig(
                name, seed, backend, data, model, prior, sampler, loss, training, logging, published);
    }

    /** The same with other networks, trained in another way. */
    public ExperimentConfig with(ModelConfig otherModel, TrainingConfig otherTraining) {
        return new ExperimentConfig(
                name, seed, backend, dataset, otherModel, prior, sampler, loss, otherTraining, logging, published);
    }

    /** The same, recorded elsewhere. */
    public ExperimentConfig with(LoggingConfig otherLogging) {
        return new ExperimentConfig(
                name, seed, backend, dataset, model, prior, sampler, loss, training, otherLogging, published);
    }

    /** The same on another engine, with another seed. */
    public ExperimentConfig with(String otherBackend, long otherSeed) {
        return new ExperimentConfig(
                name, otherSeed, otherBackend, dataset, model, prior, sampler, loss, training, logging, published);
    }

    /**
     * What a training step is to use.
     *
     * @param epoch counted from 1
     * @param step of the whole training, counted from 1
     */
    public StepSettings stepSettings(int epoch, long step) {
        return new StepSettings(training.learningRateIn(epoch), loss.betaIn(epoch, step));
    }
}
