package dev.vaelab.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.ProvenanceFile;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.Trainer;
import dev.vaelab.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a training needs beside its experiment: a run folder, and who watches. */
final class TrainingModule extends AbstractModule {
    private final RunFolder run;
    private final RunLock lock;
    private final RunHistory history;
    private final StopRequest stop;
    private final Extras extras;
    private final RunWatchers watchers;

    /**
     * The module of one training.
     *
     * @param run where everything is kept
     * @param lock its lock
     * @param history what there is of the run already
     * @param stop how it is asked to stop
     * @param extras decides what becomes of what cannot be written
     * @param watchers who watches beside those who keep the records
     */
    TrainingModule(
            RunFolder run, RunLock lock, RunHistory history, StopRequest stop, Extras extras, RunWatchers watchers) {
        this.run = run;
        this.lock = lock;
        this.history = history;
        this.stop = stop;
        this.extras = extras;
        this.watchers = watchers;
    }

    @Override
    protected void configure() {
        bind(RunFolder.class).toInstance(run);
        bind(StopRequest.class).toInstance(stop);
        bind(TrainingSession.class);
    }

    @Provides
    @Singleton
    MetricsFile metrics() {
        return new MetricsFile(run, history.epochs());
    }

    @Provides
    @Singleton
    ProvenanceFile provenance(ExperimentConfig config, VaeBackend backend, Dataset dataset) {
        // A process that only repeats what follows the last epoch has trained nothing, and is no leg of the run.
        Optional<Provenance> finished =
                history.progress().ends(config.training()) ? Provenance.ofLegs(history.legs()) : Optional.empty();
        return new ProvenanceFile(
                run,
                finished.orElseGet(
                        () -> Provenance.ofThisProcess(config, backend, dataset).after(history)));
    }

    /**
     * Those who watch. In this order: nothing is written into a folder that is not the run's any more, and records come first,
     * so that what a person has seen is on the disk.
     */
    @Provides
    @Singleton
    List<TrainingListener> listeners(
            MetricsFile metrics,
            ProvenanceFile provenance,
            ExperimentConfig config,
            DataSplits splits,
            RandomStreams streams) {
        List<TrainingListener> listeners = new ArrayList<>(List.of(lock, metrics, provenance));
        listeners.addAll(watchers.of(new RunContext(config, splits, streams, run, extras)));
        return List.copyOf(listeners);
    }

    @Provides
    @Singleton
    Trainer trainer(ExperimentConfig config, DataSplits splits, List<TrainingListener> listeners) {
        return new Trainer(config, splits, run.checkpoints(), listeners, stop);
    }
}
