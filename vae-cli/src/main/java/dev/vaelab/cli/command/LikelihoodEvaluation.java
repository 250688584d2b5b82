package dev.vaelab.cli.command;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.cli.progress.LikelihoodProgress;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LikelihoodRecord;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.likelihood.BitsPerDimension;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

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
     * Estimates what is left, until it is asked to stop.
     *
     * @param goOn the command that goes on after a stop
     * @param end says what came of it, before a process that was asked to stop may end
     * @return what {@code end} returns
     */
    int run(
            TrainedModel trained,
            Laboratory.Assembly experiment,
            VaeModel<?> model,
            String goOn,
            ToIntFunction<LikelihoodRecord> end) {
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        EstimateStamp stamp = trained.stamp(EstimateStamp.Kind.LIKELIHOOD, experiment, split, images, samples);
        Optional<BitsPerDimension> bits =
                BitsPerDimension.of(experiment.get(Objective.class).likelihood(), images);
        LikelihoodRecord record = trained.run()
                .map(run -> LikelihoodRecord.open(run, stamp, bits))
                .orElseGet(() -> LikelihoodRecord.unkept(stamp, bits));
        if (record.complete()) {
            return end.applyAsInt(record);
        }
        if (record.done() > 0 && display != ProgressDisplay.QUIET) {
            System.err.println("goes on behind " + record.done() + " of " + stamp.images() + " images");
        }
        LikelihoodEstimation estimation =
                new LikelihoodEstimation(images, split, experiment.get(RandomStreams.class), samples);
        if (trained.run().isEmpty()) {
            // Nothing is kept of weights from elsewhere, so there is nothing to stop for.
            estimate(estimation, model, record, new StopRequest());
            return end.applyAsInt(record);
        }
        try (Interruption interruption =
                Interruption.listen(new Interruption.Words("images", "what was counted in the last seconds", goOn))) {
            estimate(estimation, model, record, interruption.stop());
            interruption.workEnded(!record.complete());
            return end.applyAsInt(record);
        }
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
