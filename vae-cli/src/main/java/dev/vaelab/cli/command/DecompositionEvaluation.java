package dev.vaelab.cli.command;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.aggregate.KlDecomposition;
import dev.vaelab.training.part.StandardGaussian;
import java.util.Optional;

/** The parts of the KL term, which {@code evaluate --decompose} estimates, or finds in the run. */
final class DecompositionEvaluation {
    /** M: the parts are then off by some hundredths of a nat, after seconds. */
    private static final int SAMPLES = 2000;

    private DecompositionEvaluation() {}

    /** Estimates what is not there yet; what is estimated for a run is kept there. */
    static DecompositionFigures run(
            TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model, Split split) {
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        Objective objective = experiment.get(Objective.class);
        EstimateStamp stamp = trained.stamp(EstimateStamp.Kind.DECOMPOSITION, experiment, split, images, SAMPLES);
        Optional<DecompositionFigures> kept = trained.run().flatMap(run -> DecompositionFigures.find(run, stamp));
        if (kept.isPresent()) {
            return kept.get();
        }
        PosteriorValues posteriors =
                PosteriorValues.of(model, images, trained.config().training().batchSize());
        DecompositionFigures figures = new DecompositionFigures(
                stamp,
                KlDecomposition.of(
                        model,
                        posteriors,
                        objective.prior() instanceof StandardGaussian,
                        experiment.get(RandomStreams.class),
                        SAMPLES),
                LatentStatistics.of(posteriors).activeUnits(),
                posteriors.latent());
        if (!figures.parts().finite()) {
            throw new RunFailedException("the parts of the KL are not finite: the posteriors that " + trained.weights()
                    + " gives these images overflow");
        }
        return trained.keep(figures, DecompositionFigures::write, "the decomposition is");
    }
}
