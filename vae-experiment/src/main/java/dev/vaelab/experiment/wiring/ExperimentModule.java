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
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.check.ModelCheck;
import dev.vaelab.experiment.check.ModelledImages;
import dev.vaelab.experiment.file.PartCatalog;
import dev.vaelab.experiment.run.DataRecord;
import jakarta.inject.Provider;
import java.util.function.UnaryOperator;

/**
 * An experiment from its configuration: its images, its architecture, its engine.
 *
 * <p>Implicit bindings and circular proxies are off: what is not bound here or in a module beside it cannot be injected.
 */
public final class ExperimentModule extends AbstractModule {
    private final ExperimentConfig config;
    private final DataSource source;
    private final NamedProviders<VaeBackend> backends;
    private final NamedProviders<DatasetProvider> datasets;
    private final PartCatalog parts;
    private final UnaryOperator<DataSplits> cut;

    /**
     * The module of one experiment.
     *
     * @param source where its images are read from
     * @param cut what of its images is used
     */
    ExperimentModule(
            ExperimentConfig config,
            DataSource source,
            NamedProviders<VaeBackend> backends,
            NamedProviders<DatasetProvider> datasets,
            PartCatalog parts,
            UnaryOperator<DataSplits> cut) {
        this.config = config;
        this.source = source;
        this.backends = backends;
        this.datasets = datasets;
        this.parts = parts;
        this.cut = cut;
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
        return source.open(datasets.require(config.dataset().name(), "dataset.name"), ReadinessCheck.rule(config));
    }

    @Provides
    @Singleton
    DataRecord record(Dataset dataset, DataSplits splits) {
        return source.record(config, dataset, splits);
    }

    /** Images are read only if the number is asked for, and no run has recorded it. */
    @Provides
    @Singleton
    TrainingImages trainingImages(Provider<DataSplits> splits) {
        return () ->
                source.trainingImages().orElseGet(() -> splits.get().train().count());
    }

    @Provides
    @Singleton
    DataSplits splits(Dataset dataset, RandomStreams streams) {
        return cut.apply(DataSplits.of(dataset, config.dataset(), streams));
    }

    @Provides
    @Singleton
    Objective objective() {
        return parts.objective(config);
    }

    /** Images are read only if their shape, or the classes of a conditional model, are not known without. */
    @Provides
    @Singleton
    Architecture architecture(Provider<Dataset> dataset, Objective objective) {
        ImageShape image =
                source.shape().orElseGet(() -> dataset.get().training().shape());
        // Whoever has the model without its images may be without their provider, too.
        boolean resized =
                datasets.names().contains(config.dataset().name()) && Resizing.isTakenBy(datasets, config.dataset());
        int classes = config.model().conditional()
                ? source.classes().orElseGet(() -> dataset.get().classes())
                : 0;
        Architecture networks = ModelCheck.require(config.model(), new ModelledImages(image, classes), resized);
        return networks.withParts(objective.tensors(image, networks.latent()));
    }
}
