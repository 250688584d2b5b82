package dev.vaelab.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LoggingConfig;
import dev.vaelab.api.training.StopRequest;
import dev.vaelab.api.training.Trainer;
import dev.vaelab.api.training.TrainingListener;
import dev.vaelab.cli.picture.EpochPictures;
import dev.vaelab.cli.picture.ModelPictures;
import dev.vaelab.cli.progress.EpochBar;
import dev.vaelab.cli.progress.EpochLine;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.cli.report.RunReportFile;
import dev.vaelab.cli.run.Extras;
import dev.vaelab.cli.run.MetricsFile;
import dev.vaelab.cli.run.Provenance;
import dev.vaelab.cli.run.ProvenanceFile;
import dev.vaelab.cli.run.RunFolder;
import dev.vaelab.cli.run.RunHistory;
import dev.vaelab.cli.run.RunLock;
import dev.vaelab.cli.tensorboard.TensorBoardEvents;
import dev.vaelab.cli.terminal.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** What a training needs beside its experiment: a run folder, and who watches. */
public final class TrainingModule extends AbstractModule {
    private final String program;
    private final RunFolder run;
    private final RunLock lock;
    private final RunHistory history;
    private final StopRequest stop;
    private final PrintStream terminal;
    private final IntSupplier columns;
    private final ProgressDisplay display;
    private final boolean tensorboard;

    /**
     * The module of one training.
     *
     * @param program name and version of the program
     * @param run where everything is kept
     * @param lock its lock
     * @param history what there is of the run already
     * @param stop how it is asked to stop
     * @param terminal where progress is shown
     * @param columns how wide that is
     * @param display what is shown there; warnings are in any case
     * @param logging what is recorded beside the run's own files
     */
    public TrainingModule(
            String program,
            RunFolder run,
            RunLock lock,
            RunHistory history,
            StopRequest stop,
            PrintStream terminal,
            IntSupplier columns,
            ProgressDisplay display,
            LoggingConfig logging) {
        this.program = program;
        this.run = run;
        this.lock = lock;
        this.history = history;
        this.stop = stop;
        this.terminal = terminal;
        this.columns = columns;
        this.display = display;
        this.tensorboard = logging.tensorboard();
    }

    @Override
    protected void configure() {
        bind(RunFolder.class).toInstance(run);
        bind(StopRequest.class).toInstance(stop);
        bind(TrainingSession.class);
        bind(Extras.class).toInstance(Extras.warningOn(terminal));
        Multibinder<TrainingListener> listeners = Multibinder.newSetBinder(binder(), TrainingListener.class);
        // In this order: nothing is written into a folder that is not the run's any more, and records come first, so
        // that
        // what a person has seen is on the disk.
        listeners.addBinding().toInstance(lock);
        listeners.addBinding().to(MetricsFile.class);
        listeners.addBinding().to(ProvenanceFile.class);
        listeners.addBinding().to(EpochPictures.class);
        if (tensorboard) {
            listeners.addBinding().to(TensorBoardEvents.class);
        }
        listeners.addBinding().to(RunReportFile.class);
        if (display == ProgressDisplay.BAR) {
            listeners.addBinding().to(EpochBar.class);
        }
        if (display != ProgressDisplay.QUIET) {
            listeners.addBinding().to(EpochLine.class);
        }
    }

    @Provides
    @Singleton
    MetricsFile metrics() {
        return new MetricsFile(run, history.epochs());
    }

    @Provides
    @Singleton
    ProvenanceFile provenance(ExperimentConfig config, VaeBackend backend, Dataset dataset) {
        return new ProvenanceFile(
                run, Provenance.ofThisProcess(program, config, backend, dataset).after(history));
    }

    @Provides
    @Singleton
    EpochPictures epochPictures(ModelPictures pictures, Extras extras) {
        return new EpochPictures(run, pictures, extras);
    }

    @Provides
    @Singleton
    TensorBoardEvents tensorBoard(ExperimentConfig config, DataSplits splits, ModelPictures pictures, Extras extras) {
        return new TensorBoardEvents(run.tensorboard(), config, splits, pictures, extras);
    }

    @Provides
    @Singleton
    RunReportFile report(Extras extras) {
        return new RunReportFile(run, extras);
    }

    @Provides
    @Singleton
    EpochBar bar(ExperimentConfig config, DataSplits splits) {
        return new EpochBar(
                Console.drawing(),
                columns,
                config.training().epochs(),
                splits.train().count(),
                config.training().batchSize());
    }

    @Provides
    @Singleton
    EpochLine lines(ExperimentConfig config) {
        return new EpochLine(terminal, config.training().epochs());
    }

    @Provides
    @Singleton
    Trainer trainer(ExperimentConfig config, DataSplits splits, Set<TrainingListener> listeners) {
        return new Trainer(config, splits, run.checkpoints(), List.copyOf(listeners), stop);
    }
}
