package dev.vaelab.experiment.wiring;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.model.Objective;
import dev.vaelab.experiment.check.DataFacts;
import dev.vaelab.experiment.check.ExperimentCheck;
import dev.vaelab.experiment.check.MachineMemory;
import dev.vaelab.experiment.file.LoadedExperiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether experiments can be trained here and now. Reads each data set once, however many experiments use it, and keeps no
 * image.
 */
public final class ReadinessCheck {
    private final Laboratory laboratory;
    private final ExperimentCheck check = new ExperimentCheck(MachineMemory.ofThisProcess());
    private final Map<Images, Facts> known = new HashMap<>();
    private final Map<String, Boolean> resized = new HashMap<>();

    /** Looks engines and data sets up in a laboratory. */
    public ReadinessCheck(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    /**
     * Goes on only if nothing is wrong with an experiment.
     *
     * @throws InvalidInputException with the places of the files and options that it was read from
     */
    public void require(LoadedExperiment loaded) {
        List<Problem> problems = problems(loaded.config());
        if (!problems.isEmpty()) {
            throw loaded.places().locate(new InvalidInputException(problems));
        }
    }

    /** All that is wrong with an experiment; places are keys. */
    public List<Problem> problems(ExperimentConfig config) {
        return problems(
                config,
                () -> laboratory
                        .datasets()
                        .require(config.dataset().name(), "dataset.name")
                        .open(config.dataset(), rule(config)));
    }

    /**
     * The same of an experiment whose data set is read elsewhere.
     *
     * @param dataset gives the data set, or throws {@link InvalidInputException}; asked if no experiment before had the same
     *     images
     */
    List<Problem> problems(ExperimentConfig config, Supplier<Dataset> dataset) {
        List<Problem> problems = new ArrayList<>();
        Optional<VaeBackend> backend = backend(config, problems);
        Objective objective = laboratory.objective(config);
        Facts facts = known.computeIfAbsent(Images.of(config), unused -> Facts.of(dataset));
        problems.addAll(facts.problems());
        problems.addAll(
                facts.data() == null
                        ? check.problemsOfAnyImages(config, objective, backend)
                        : check.problems(config, objective, facts.data(), isResized(config.dataset()), backend));
        return problems;
    }

    private boolean isResized(DatasetConfig dataset) {
        return resized.computeIfAbsent(dataset.name(), unused -> Resizing.isTakenBy(laboratory.datasets(), dataset));
    }

    private Optional<VaeBackend> backend(ExperimentConfig config, List<Problem> problems) {
        try {
            return Optional.of(laboratory.backends().require(config.backend(), "backend"));
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** Networks of other layers have no rule that could be told in a word. */
    static SizeRule rule(ExperimentConfig config) {
        return config.model().network() == ModelConfig.Network.CONVOLUTIONAL
                ? new SizeRule(config.model().channels().size())
                : SizeRule.ANY;
    }

    /**
     * What decides which images are read.
     *
     * @param dataset without the sizes of its parts, which are cut from what was read
     * @param sizes decides about the advice if they cannot be
     */
    private record Images(DatasetConfig dataset, SizeRule sizes) {
        static Images of(ExperimentConfig config) {
            return new Images(config.dataset().source(), rule(config));
        }
    }

    /** What a data set has, or why it cannot be read. */
    private record Facts(DataFacts data, List<Problem> problems) {
        static Facts of(Supplier<Dataset> dataset) {
            try {
                return new Facts(DataFacts.of(dataset.get()), List.of());
            } catch (InvalidInputException e) {
                return new Facts(null, e.problems());
            }
        }
    }
}
