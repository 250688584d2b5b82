package dev.vaelab.experiment.wiring;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;

/**
 * What those who watch a training run may need to know of it.
 *
 * @param config the experiment
 * @param splits its images
 * @param streams its random numbers
 * @param run where everything is kept
 * @param extras decides what becomes of what cannot be written
 */
public record RunContext(
        ExperimentConfig config, DataSplits splits, RandomStreams streams, RunFolder run, Extras extras) {}
