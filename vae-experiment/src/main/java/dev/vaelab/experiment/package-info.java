/**
 * What a Java program needs: train from an experiment file, then encode, decode, sample, reconstruct and score with the trained model.
 *
 * <ul>
 *   <li>{@link dev.vaelab.experiment.Experiment} reads an experiment file, takes other settings, and trains in a run folder.
 *   <li>{@link dev.vaelab.experiment.TrainedModel} is what a run folder holds: the model, in the engine of the experiment.
 *   <li>{@link dev.vaelab.experiment.Images} are what a model takes and gives, as arrays and as pictures; {@link
 *       dev.vaelab.experiment.Encoding} is where it places them in its latent space.
 * </ul>
 *
 * <p>What is wrong with a file, a setting or an argument is a {@link dev.vaelab.api.InvalidInputException} with every problem that was
 * found; what fails while it runs is a {@link dev.vaelab.api.RunFailedException}. Engines, data sets and parts of the model are those of
 * the class path, and of the folders that the system properties {@code vaelab.engines} and {@code vaelab.plugins} name.
 *
 * <p>The packages below are what this one is made of.
 */
package dev.vaelab.experiment;
