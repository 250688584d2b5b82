package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.cli.progress.LikelihoodProgress;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.experiment.likelihood.LikelihoodRecord;
import dev.vaelab.experiment.likelihood.LikelihoodStamp;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import java.util.List;

/** The estimate of the likelihood that {@code evaluate --samples} makes, goes on with, or finds finished. */
final class LikelihoodEvaluation {
    /** Writing takes milliseconds, and as much work is lost at most if the process is killed. */
    private static final long SAVE_NANOSECONDS = 5_000_000_000L;

    private final Split split;
    private final int samples;
    private final ProgressDisplay display;

    /**
     * An estimate.
     *
     * @param samples of each image
     */
    LikelihoodEvaluation(Split split, int samples, ProgressDisplay display) {
        this.split = split;
        this.samples = samples;
        this.display = display;
    }

    /**
     * Checks what can be checked before the engine is loaded.
     *
     * @throws InvalidInputException if the model has no posterior that latents are drawn from
     */
    void check(Laboratory.Assembly experiment) {
        Sampler sampler = experiment.get(Objective.class).sampler();
        if (!sampler.draws()) {
            throw new InvalidInputException(new Problem(
                    "--samples",
                    "a model with the sampler " + sampler.name() + ", whose latents are not drawn: q(z|x) is a point",
                    "a sampler that draws from the posterior, whose density weighs the latents",
                    "without --samples, reconstruction and kl are printed"));
        }
    }

    /** Estimates what is left, until it is asked to stop. */
    LikelihoodRecord run(
            TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model, Interruption.Words words) {
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        LikelihoodStamp stamp = LikelihoodStamp.of(
                trained.config(),
                experiment.get(Dataset.class),
                experiment.get(Objective.class).likelihood(),
                split,
                images,
                samples,
                trained.weights());
        LikelihoodRecord record = trained.run()
                .map(run -> LikelihoodRecord.open(run, stamp))
                .orElseGet(() -> LikelihoodRecord.unkept(stamp));
        if (record.complete()) {
            return record;
        }
        if (record.done() > 0 && display != ProgressDisplay.QUIET) {
            System.err.println("goes on behind " + record.done() + " of " + stamp.images() + " images");
        }
        LikelihoodEstimation estimation =
                new LikelihoodEstimation(images, split, experiment.get(RandomStreams.class), samples);
        if (trained.run().isEmpty()) {
            // Nothing is kept of weights from elsewhere, so there is nothing to stop for.
            estimate(estimation, model, record, new StopRequest());
            return record;
        }
        try (Interruption interruption = Interruption.listen(words)) {
            estimate(estimation, model, record, interruption.stop());
            interruption.workEnded(!record.complete());
        }
        return record;
    }

    private void estimate(
            LikelihoodEstimation estimation, VaeModel<?> model, LikelihoodRecord record, StopRequest stop) {
        Keeper keeper = new Keeper(record);
        try (LikelihoodProgress progress = new LikelihoodProgress(display, record, System.err)) {
            estimation.run(model, record.done(), stop, new LikelihoodEstimation.Listener() {
                @Override
                public void sampled(long count) {
                    progress.sampled(count);
                }

                @Override
                public void estimated(List<ImageLikelihood> likelihoods) {
                    record.add(likelihoods);
                    progress.recorded();
                    keeper.saveNowAndThen();
                }
            });
        }
        keeper.save();
    }

    /** Saves what is counted; that it cannot be is told once, and the estimate goes on. */
    private static final class Keeper {
        private final LikelihoodRecord record;
        private long saved = System.nanoTime();
        private boolean warned;

        Keeper(LikelihoodRecord record) {
            this.record = record;
        }

        void saveNowAndThen() {
            if (System.nanoTime() - saved > SAVE_NANOSECONDS) {
                save();
                saved = System.nanoTime();
            }
        }

        void save() {
            try {
                record.save();
            } catch (RunFailedException e) {
                if (!warned) {
                    System.err.println("warning: the estimate is not kept: " + e.getMessage());
                }
                warned = true;
            }
        }
    }
}
