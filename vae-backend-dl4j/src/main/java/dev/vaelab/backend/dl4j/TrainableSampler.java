package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sampler through which gradients flow. */
interface TrainableSampler extends Sampler<INDArray> {
    /**
     * The gradients by mean and by log-variance.
     *
     * @param posterior what was sampled from
     * @param noise what it was sampled with
     * @param latentsGradient the gradient by the latents
     */
    Posterior<INDArray> backward(Posterior<INDArray> posterior, INDArray noise, INDArray latentsGradient);
}
