package dev.vaelab.experiment.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.file.ExperimentLoader;
import dev.vaelab.experiment.file.ExperimentRules;
import dev.vaelab.experiment.file.ExperimentSchema;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.file.PartCatalog;
import dev.vaelab.experiment.file.RecordedExperiments;
import dev.vaelab.experiment.file.SweepLoader;
import dev.vaelab.experiment.plugin.PluginPath;
import dev.vaelab.experiment.plugin.Plugins;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.training.StopRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The backends, data sets and parts of the class path and of plug-ins, and experiments put together from them. */
public final class Laboratory {
    private final NamedProviders<VaeBackend> backends;
    private final NamedProviders<DatasetProvider> datasets;

    private final PartCatalog parts;
    private final List<Problem> problems;

    private Laboratory(Plugins plugins) {
        this.backends = plugins.backends();
        this.datasets = plugins.datasets();
        this.parts = PartCatalog.load(plugins);
        this.problems = Stream.concat(plugins.problems().stream(), parts.refusals().stream())
                .toList();
    }

    /** Looks up what the class path offers, and the plug-ins that the launcher has told this process of; loads no engine. */
    public static Laboratory open() {
        return open(PluginPath.ofThisProcess());
    }

    /**
     * Looks up what the class path offers, and plug-ins; loads no engine.
     *
     * @param plugins where they are
     * @throws InvalidInputException if something is wrong with what the class path offers; what is wrong with a plug-in is in {@link
     *     #problems()}
     */
    public static Laboratory open(PluginPath plugins) {
        return new Laboratory(Plugins.open(plugins));
    }

    /** What is wrong with plug-ins, which those who do not need them can do without. */
    public List<Problem> problems() {
        return problems;
    }

    /** The backends. */
    public NamedProviders<VaeBackend> backends() {
        return backends;
    }

    /** The kinds of data sets. */
    public NamedProviders<DatasetProvider> datasets() {
        return datasets;
    }

    /** The rules of experiment files here. */
    public ExperimentSchema schema() {
        return schema(backends.names(), datasets.names());
    }

    private ExperimentSchema schema(Set<String> engines, Set<String> kinds) {
        Map<String, String> adviceOnNames = new HashMap<>(parts.adviceOnNames());
        adviceOnNames.put("backend", backends.advice());
        adviceOnNames.put("dataset.name", datasets.advice());
        return new ExperimentSchema(engines, kinds, parts, adviceOnNames);
    }

    /** Reads experiment files by these rules. */
    public ExperimentLoader loader() {
        return new ExperimentLoader(rules());
    }

    /**
     * Reads the experiment files of runs: by these rules, but for the kind of data set that a run has recorded. Its provider may be
     * missing by now, which matters to nobody who only needs the model.
     */
    public ExperimentLoader loaderOf(RunFolder run) {
        Optional<String> kind = DataRecord.read(run)
                .map(DataRecord::kind)
                .filter(name -> !datasets.names().contains(name));
        if (kind.isEmpty()) {
            return loader();
        }
        return new ExperimentLoader(rulesWith(Set.of(), Set.of(kind.get())));
    }

    /**
     * Experiments that this program wrote into a file, by these rules, but for engines and kinds of data sets that they name: that one
     * is missing by now matters to no run that is finished, and {@link ReadinessCheck} tells it of the others.
     *
     * @param file JSON that is what this program writes
     * @param configs all experiments of the file
     * @throws InvalidInputException if the file cannot be read
     */
    public RecordedExperiments recorded(Path file, List<ExperimentConfig> configs) {
        Set<String> engines = configs.stream()
                .map(ExperimentConfig::backend)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> kinds = configs.stream()
                .map(ExperimentConfig::dataset)
                .filter(Objects::nonNull)
                .map(DatasetConfig::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return RecordedExperiments.read(file, rulesWith(engines, kinds));
    }

    private ExperimentRules rulesWith(Set<String> moreBackends, Set<String> moreDatasets) {
        Set<String> engines = new TreeSet<>(backends.names());
        engines.addAll(moreBackends);
        Set<String> kinds = new TreeSet<>(datasets.names());
        kinds.addAll(moreDatasets);
        return new ExperimentRules(
                schema(engines, kinds),
                dataset -> datasets.names().contains(dataset.name())
                        ? datasets.require(dataset.name(), "dataset.name").check(dataset)
                        : List.of());
    }

    /** Reads sweep files by these rules. */
    public SweepLoader sweeps() {
        return new SweepLoader(rules());
    }

    /** The parts that an experiment chooses. */
    Objective objective(ExperimentConfig config) {
        return parts.objective(config);
    }

    private ExperimentRules rules() {
        return rulesWith(Set.of(), Set.of());
    }

    /**
     * Puts an experiment together and makes sure that it can be trained: its images are there and fit its model, and engine
     * and machine can do what it asks for.
     *
     * @throws InvalidInputException if not, with the places of the files and options that it was read from
     */
    public Assembly require(LoadedExperiment loaded) {
        return require(loaded, DataSource.of(loaded.config().dataset()));
    }

    /**
     * Puts an experiment together and makes sure that its images are there and fit its model.
     *
     * @param source where its images are read from
     * @throws InvalidInputException if not, with the places of the files and options that it was read from
     */
    public Assembly require(LoadedExperiment loaded, DataSource source) {
        try {
            return require(loaded.config(), source);
        } catch (InvalidInputException e) {
            throw loaded.places().locate(e);
        }
    }

    /**
     * Puts an experiment together that is cut down to one step of training, one batch of validation and one of test, and makes sure
     * that the whole one can be trained.
     *
     * @throws InvalidInputException if not, with the places of the files and options that it was read from
     */
    public Assembly requireFastDevRun(LoadedExperiment loaded) {
        ExperimentConfig whole = loaded.config();
        ExperimentConfig config = FastDevRun.config(whole);
        Assembly experiment =
                assemble(config, DataSource.of(whole.dataset()), splits -> FastDevRun.splits(splits, whole.training()));
        try {
            requireReady(whole, experiment);
        } catch (InvalidInputException e) {
            throw loaded.places().locate(e);
        }
        return experiment;
    }

    /**
     * Puts an experiment together and makes sure that it can be trained.
     *
     * @throws InvalidInputException if not; places are keys, such as {@code dataset.path}
     */
    public Assembly require(ExperimentConfig config) {
        return require(config, DataSource.of(config.dataset()));
    }

    private Assembly require(ExperimentConfig config, DataSource source) {
        Assembly experiment = assemble(config, source);
        requireReady(config, experiment);
        return experiment;
    }

    private void requireReady(ExperimentConfig config, Assembly experiment) {
        List<Problem> problems = new ReadinessCheck(this).problems(config, () -> experiment.get(Dataset.class));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** Puts an experiment together; nothing is read or loaded before it is asked for. */
    public Assembly assemble(ExperimentConfig config) {
        return assemble(config, DataSource.of(config.dataset()));
    }

    /**
     * Puts an experiment together; nothing is read or loaded before it is asked for.
     *
     * @param source where its images are read from
     */
    public Assembly assemble(ExperimentConfig config, DataSource source) {
        return assemble(config, source, UnaryOperator.identity());
    }

    private Assembly assemble(ExperimentConfig config, DataSource source, UnaryOperator<DataSplits> cut) {
        return new Assembly(Guice.createInjector(
                Stage.DEVELOPMENT, new ExperimentModule(config, source, backends, datasets, parts, cut)));
    }

    /** An experiment that is put together: its parts can be asked for, each of which there is once. */
    public static final class Assembly {
        private final Injector injector;

        private Assembly(Injector injector) {
            this.injector = injector;
        }

        /**
         * The training of the experiment, with what is there of it already: its images are not read again.
         *
         * @param run where everything is kept
         * @param lock its lock
         * @param history what there is of the run already
         * @param stop how it is asked to stop
         * @param extras decides what becomes of what cannot be written
         * @param watchers who watches beside those who keep the records
         */
        public TrainingSession training(
                RunFolder run,
                RunLock lock,
                RunHistory history,
                StopRequest stop,
                Extras extras,
                RunWatchers watchers) {
            TrainingModule module = new TrainingModule(run, lock, history, stop, extras, watchers);
            return new Assembly(injector.createChildInjector(module)).get(TrainingSession.class);
        }

        /** What is told to those who watch a run of the experiment. */
        public RunContext context(RunFolder run, Extras extras) {
            return new RunContext(
                    get(ExperimentConfig.class), get(DataSplits.class), get(RandomStreams.class), run, extras);
        }

        /** A part by its type; what its making throws is thrown as it is, without Guice's wrapping. */
        public <P> P get(Class<P> part) {
            try {
                return injector.getInstance(part);
            } catch (ProvisionException | CreationException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof Error cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }
}
