package dev.vaelab.experiment.check;

import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an experiment can be trained, as far as its configuration and its data set show. Takes microseconds, so that
 * thousands of runs of a sweep can be checked.
 */
public final class ExperimentCheck {
    private final MemoryCheck memory;

    /** Checks against this memory. */
    public ExperimentCheck(MachineMemory available) {
        memory = new MemoryCheck(available);
    }

    /**
     * Everything that is wrong; places are keys.
     *
     * @param objective the parts that the experiment chooses
     * @param data what the data set of the experiment has
     * @param resized whether {@code dataset.size} decides the size of the images
     * @param backend the engine of the experiment; nothing if there is none of its name
     */
    public List<Problem> problems(
            ExperimentConfig config,
            Objective objective,
            DataFacts data,
            boolean resized,
            Optional<VaeBackend> backend) {
        List<Problem> problems = new ArrayList<>(
                DataSplits.problems(config.dataset(), data.name(), data.training(), data.validation(), data.test()));
        boolean split = problems.isEmpty();
        int trained = split ? trained(config, data) : 1;
        List<Problem> noModel = ModelCheck.problems(config.model(), data.images(), resized);
        // What is wrong with a listed layer is told with its line: no key of the whole experiment is to blame for it.
        boolean ofLayers = config.model().listed() && !noModel.isEmpty();
        List<Problem> tooLarge = ofLayers
                ? List.of()
                : backend.map(engine -> memory.problems(config, objective, data.images(), trained, engine.memory()))
                        .orElse(List.of());
        problems.addAll(tooLarge);
        if (tooLarge.isEmpty() || !ModelCheck.isPossible(config.model(), data.shape())) {
            problems.addAll(noModel);
        }
        if (noModel.isEmpty()) {
            Architecture architecture = ModelCheck.require(config.model(), data.images(), resized);
            if (split) {
                problems.addAll(BatchCheck.problems(
                        architecture, objective.loss(), config.training().batchSize(), trained));
            }
        }
        return problems;
    }

    /**
     * What is wrong whatever the images are: for an experiment whose data set cannot be read.
     *
     * @param objective the parts that the experiment chooses
     * @param backend the engine of the experiment; nothing if there is none of its name
     */
    public List<Problem> problemsOfAnyImages(
            ExperimentConfig config, Objective objective, Optional<VaeBackend> backend) {
        ModelledImages smallest = new ModelledImages(new ImageShape(1, 1, 1), 1);
        return backend.map(engine -> memory.problems(config, objective, smallest, 1, engine.memory()))
                .orElse(List.of());
    }

    private static int trained(ExperimentConfig config, DataFacts data) {
        Integer asked = config.dataset().train();
        return asked == null ? data.training() - config.dataset().validationOfTraining(data.training()) : asked;
    }
}
