package dev.vaelab.experiment.wiring;

import java.util.function.IntSupplier;

/** How many images the model of an experiment is trained on, for losses that ask. */
@FunctionalInterface
interface TrainingImages extends IntSupplier {}
