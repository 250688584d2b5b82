package dev.vaelab.testkit;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.model.ModelRequest;

/** Promises of the contract that belong together, and the backend that is to keep them. */
abstract class ContractGroup {
    private final VaeBackendContract contract;

    ContractGroup(VaeBackendContract contract) {
        this.contract = contract;
    }

    /** The backend under test. */
    final VaeBackend backend() {
        return contract.backend();
    }

    /** What the backend under test keeps weights and moments in. */
    final Precision precision() {
        return contract.precision();
    }

    /** A model of the backend under test, with the recipe's optimizer. */
    final VaeModel<?> model(ContractCase tried) {
        return model(tried, OptimizerSettings.ADAM);
    }

    /** A model of the backend under test. */
    final VaeModel<?> model(ContractCase tried, OptimizerSettings optimizer) {
        return create(tried.request(optimizer));
    }

    /** A new engine of the backend under test, which the caller closes. */
    final Engine<?> openEngine() {
        return contract.open();
    }

    /** The model that a request asks the backend under test for. */
    final VaeModel<?> create(ModelRequest request) {
        return contract.create(request);
    }

    /** The same model of the reference backend, with the recipe's optimizer. */
    static VaeModel<?> oracle(ContractCase tried) {
        return oracle(tried, OptimizerSettings.ADAM);
    }

    /** The same model of the reference backend. */
    static VaeModel<?> oracle(ContractCase tried, OptimizerSettings optimizer) {
        return oracle(tried.request(optimizer));
    }

    /** The model that a request asks the reference backend for. */
    static VaeModel<?> oracle(ModelRequest request) {
        return request.create(new ReferenceBackend());
    }

    /** A comparison whose messages name the backend. */
    final Comparison comparison(String promise, Object detail) {
        return new Comparison(backend().name() + ": " + promise + ", " + detail);
    }

    /** A comparison of models with a likelihood, whose messages name the backend. */
    final Comparison comparison(String promise, Object detail, Likelihood likelihood) {
        return new Comparison(backend().name() + ": " + promise + ", " + detail, likelihood);
    }
}
