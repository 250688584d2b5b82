package dev.vaelab.testkit;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.training.model.ModelRequest;

/** Makes models that were tampered with. */
final class SabotagedBackend extends DelegatingBackend {
    private final Sabotage sabotage;

    /** What is done to a model. */
    @FunctionalInterface
    interface Sabotage {
        <T> VaeModel<T> spoil(VaeModel<T> model);
    }

    SabotagedBackend(Sabotage sabotage) {
        this.sabotage = sabotage;
    }

    @Override
    VaeModel<?> create(ModelRequest request) {
        return sabotage.spoil(super.create(request));
    }
}
