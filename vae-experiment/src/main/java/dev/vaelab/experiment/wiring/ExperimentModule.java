package dev.vaelab.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.check.ModelCheck;
import dev.vaelab.experiment.file.PartCatalog;

/**
 * An experiment from its configuration: its images, its architecture, its engine.
 *
 * <p>Implicit bindings and circular proxies are off: what is not bound here or in a module beside it cannot be injected.
 */
public final class ExperimentModule extends AbstractModule {
    private final ExperimentConfig config;
    private final NamedProviders<VaeBackend> backends;
    private final NamedProviders<DatasetProvider> datasets;
    private final PartCatalog parts;

    /** The module of one experiment. */
    public ExperimentModule(
            ExperimentConfig config,
            NamedProviders<VaeBackend> backends,
            NamedProviders<DatasetProvider> datasets,
            PartCatalog parts) {
        this.config = config;
        this.backends = backends;
        this.datasets = datasets;
        this.parts = parts;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(ExperimentConfig.class).toInstance(config);
        bind(ModelFactory.class);
    }

    @Provides
    @Singleton
    RandomStreams randomStreams() {
        return new RandomStreams(config.seed());
    }

    @Provides
    @Singleton
    VaeBackend backend() {
        return backends.require(config.backend(), "backend");
    }

    @Provides
    @Singleton
    Dataset dataset() {
        return datasets.require(config.dataset().name(), "dataset.name")
                .open(config.dataset(), ReadinessCheck.rule(config));
    }

    @Provides
    @Singleton
    DataSplits splits(Dataset dataset, RandomStreams streams) {
        return DataSplits.of(dataset, config.dataset(), streams);
    }

    @Provides
    @Singleton
    Objective objective() {
        return parts.objective(config);
    }

    @Provides
    @Singleton
    Architecture architecture(Dataset dataset, Objective objective) {
        Architecture networks = ModelCheck.require(
                config.model(), dataset.training().shape(), Resizing.isTakenBy(datasets, config.dataset()));
        return networks.withParts(objective.tensors(networks.image(), networks.latent()));
    }
}
