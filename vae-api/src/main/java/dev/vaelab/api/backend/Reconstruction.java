package dev.vaelab.api.backend;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The likelihood p(x|z) whose negative logarithm is the reconstruction term. */
public enum Reconstruction {
    /**
     * Bernoulli: binary cross-entropy between pixels and the sigmoid of the logits, computed on the logits, -log p = sum
     * of softplus(logit) - pixel * logit (Kingma and Welling 2014, appendix C.1).
     */
    @JsonProperty("bce")
    BCE
}
