package dev.vaelab.experiment.check;

import dev.vaelab.api.backend.TensorMemory;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.ModelSize;
import dev.vaelab.api.model.Objective;
import java.math.BigInteger;

/**
 * The memory that a training takes at least, in bytes: what the definition of the model, its parts and its optimizer leaves no engine a
 * choice about. Engines take more; so what this refuses is hopeless, and what it lets pass may still be too much.
 *
 * @param engine of the engine: weights, their average, gradients, what the optimizer remembers, and the activations of a batch
 * @param arrays of the arrays that cross the engine's border: a checkpoint, which is weights, their average and what the
 *     optimizer remembers, and a batch
 * @param engineInHeap whether the engine's is in Java's heap, too
 * @param largestArray values of the largest array
 * @param weights values of the model
 * @param batch images of a batch
 */
record MemoryNeed(
        BigInteger engine,
        BigInteger arrays,
        boolean engineInHeap,
        BigInteger largestArray,
        BigInteger weights,
        int batch) {
    /**
     * Counts.
     *
     * @param objective the parts beside the networks, with their tensors and latents
     * @param trained images to train on: a batch has no more
     */
    static MemoryNeed of(
            ExperimentConfig config, Objective objective, ModelledImages images, int trained, TensorMemory memory) {
        ImageShape image = images.shape();
        int latent = config.model().latent();
        int samples = objective.loss().samples();
        ModelSize model = Networks.size(config.model(), images).with(objective.tensors(image, latent));
        int batch = Math.min(config.training().batchSize(), trained);
        BigInteger slots = BigInteger.valueOf(
                config.training().optimizer().settings().slots().size());
        int averages = config.training().average() == null ? 0 : 1;
        BigInteger checkpoint =
                times(model.weights(), 1 + averages).add(model.weights().multiply(slots));
        BigInteger ofImage = BigInteger.valueOf((long) image.channels() * image.height() * image.width());
        // Each further latent of an image has logits of its own, which are compared with the image once more; what lies
        // between latent and logits depends on the networks.
        BigInteger activations = model.activations()
                .add(times(ofImage.multiply(BigInteger.TWO).add(BigInteger.valueOf(latent)), samples - 1));
        // Beside the gradients of a batch, those that are added up; and the average in the checkpoint as well.
        int accumulated = config.training().accumulate() == null ? 0 : 1;
        BigInteger ofPseudoInputs = ofPseudoInputs(config, objective, images);
        PartResults results = PartResults.of(objective, batch, latent);
        BigInteger values = checkpoint
                .add(times(model.weights(), 1 + accumulated))
                .add(times(activations, batch))
                .add(ofPseudoInputs)
                .add(results.values());
        BigInteger pixels = times(ofImage, batch);
        BigInteger noise =
                times(times(BigInteger.valueOf(latent), objective.loss().noiseVectors()), batch);
        return new MemoryNeed(
                times(values, memory.bytesOfValue()),
                times(checkpoint.add(pixels).add(noise), Float.BYTES),
                memory.inHeap(),
                model.largest()
                        .max(pixels)
                        .max(noise)
                        // They stay in the engine, whose tensors are no arrays unless they are in Java's heap.
                        .max(memory.inHeap() ? results.largest() : BigInteger.ZERO),
                model.weights(),
                batch);
    }

    /** They go through the encoder behind the images of the batch: as pixels, and as what the layers give. */
    private static BigInteger ofPseudoInputs(ExperimentConfig config, Objective objective, ModelledImages images) {
        int count = objective.prior().pseudoInputCount();
        return count == 0
                ? BigInteger.ZERO
                : times(
                        Networks.encoderActivations(config.model(), images)
                                .add(BigInteger.valueOf(images.shape().size())),
                        count);
    }

    private static BigInteger times(BigInteger value, int factor) {
        return value.multiply(BigInteger.valueOf(factor));
    }

    /** Of Java's heap. */
    BigInteger heap() {
        return engineInHeap ? arrays.add(engine) : arrays;
    }

    /** Of the machine. */
    BigInteger machine() {
        return arrays.add(engine);
    }

    /** Whether Java has arrays of this length. */
    boolean fitsArrays() {
        return largestArray.compareTo(BigInteger.valueOf(ModelSize.LARGEST_ARRAY)) <= 0;
    }

    /** Whether there is as much memory. */
    boolean fits(MachineMemory memory) {
        return fitsArrays() && fitsHeap(memory) && fitsMachine(memory);
    }

    /** Whether the heap is large enough. */
    boolean fitsHeap(MachineMemory memory) {
        return heap().compareTo(BigInteger.valueOf(memory.heap())) <= 0;
    }

    /** Whether the machine is large enough. */
    boolean fitsMachine(MachineMemory memory) {
        return machine().compareTo(BigInteger.valueOf(memory.machine())) <= 0;
    }
}
