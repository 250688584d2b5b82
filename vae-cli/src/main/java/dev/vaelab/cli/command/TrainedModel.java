package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.WrapperPrefix;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.training.model.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An experiment and where its trained weights are.
 *
 * @param config the experiment
 * @param weights a safetensors file
 */
record TrainedModel(ExperimentConfig config, Path weights) {
    /** The best checkpoint of a run. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, ExperimentOptions options) {
        return ofRun(laboratory, path, options.overrides(), options.backend());
    }

    /** The best checkpoint of a run, on another engine if one is named. */
    static TrainedModel ofRun(Laboratory laboratory, Path path, List<String> overrides, Optional<String> backend) {
        RunFolder run = RunFolder.open(path);
        Path best = run.checkpoints().best();
        if (!RegularFiles.isThere(best)) {
            throw new InvalidInputException(new Problem(
                    best.toString(),
                    "nothing",
                    "the weights of the best epoch",
                    "the run has not completed an epoch yet: go on with train --resume " + path));
        }
        return new TrainedModel(
                laboratory.loader().load(run.config(), overrides, backend).config(), best);
    }

    /** Loads the weights into the experiment's engine; the caller closes the model. */
    VaeModel<?> open(Laboratory.Experiment experiment) {
        return experiment.get(ModelFactory.class).withWeights(tensors(experiment));
    }

    /** What any engine needs to make the model. */
    ModelRequest request(Laboratory.Experiment experiment) {
        return experiment.get(ModelFactory.class).request(tensors(experiment));
    }

    private NamedTensors tensors(Laboratory.Experiment experiment) {
        Architecture architecture = experiment.get(Architecture.class);
        NamedTensors found = Safetensors.read(weights).tensors();
        WrapperPrefix prefix = WrapperPrefix.of(found);
        if (prefix.present()) {
            System.err.println("note: every name in " + weights + " begins with " + prefix + ", which is left out");
        }
        return prefix.removeFrom(found).requireExactly(architecture.tensors(), weights.toString());
    }
}
