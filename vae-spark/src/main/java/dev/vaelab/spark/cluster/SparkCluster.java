package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.ClusterSettings;
import dev.vaelab.experiment.cluster.ClusterTask;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.plugin.PluginPath;
import dev.vaelab.experiment.process.ThreadVariables;
import dev.vaelab.spark.task.IsolatedPartition;
import dev.vaelab.spark.task.PartResults;
import dev.vaelab.spark.task.Program;
import dev.vaelab.spark.task.TaskFailure;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** The machines that a {@link JavaSparkContext} has. */
final class SparkCluster implements Cluster {
    /** Where the distribution is on every machine. */
    static final String HOME = "spark.vaelab.home";

    /** The system property that names the file of Spark's settings, empty if there is none. */
    private static final String DEFAULTS = "vaelab.spark.defaults";

    private static final String PACKAGES = "spark.jars.packages";
    private static final String CPUS = "spark.task.cpus";

    private final JavaSparkContext context;
    private final String home;
    private final int threads;

    private SparkCluster(JavaSparkContext context, String home, int threads) {
        this.context = context;
        this.home = home;
        this.threads = threads;
    }

    /**
     * Begins an application of Spark.
     *
     * @throws InvalidInputException if nobody answers at the master's address, or a key has a value that Spark does not take
     * @throws RunFailedException if Spark does not begin
     */
    static SparkCluster open(ClusterSettings settings) {
        SparkConf conf = new SparkConf();
        settings.configuration().forEach(conf::set);
        settings.master().ifPresent(conf::setMaster);
        readDefaults(conf);
        requirePackagesBrought(conf);
        conf.setIfMissing("spark.master", "local[*]");
        String master = conf.get("spark.master");
        MasterAddress.require(master);
        conf.setAppName(settings.name());
        String own = System.getProperty(Program.HOME);
        if (!conf.contains(HOME)) {
            conf.set(HOME, own);
        }
        int threads = threads(conf);
        conf.set(CPUS, Integer.toString(threads));
        // Two attempts at one part would both write its results, and a training is no shorter for it.
        conf.set("spark.speculation", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.executor.defaultJavaOptions", JAVA_OPTIONS);
        ThreadVariables.of(threads).forEach((variable, value) -> conf.setExecutorEnv(variable, value));
        for (Map.Entry<String, String> variable : NATIVE.entrySet()) {
            String value = Optional.ofNullable(System.getenv(variable.getKey())).orElse(variable.getValue());
            if (!value.isEmpty()) {
                conf.setIfMissing("spark.executorEnv." + variable.getKey(), value);
            }
        }
        String plugins = PluginPath.ofThisProcess().folders().stream()
                .map(folder -> folder.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        if (!plugins.isEmpty()) {
            conf.setIfMissing("spark.executorEnv.VAE_PLUGINS", plugins);
        }
        jar().ifPresent(jar -> conf.set(
                "spark.jars", conf.contains("spark.jars") ? conf.get("spark.jars") + "," + jar : jar.toString()));
        // Spark finds classes of the task package, and serializers, by the loader of the thread.
        Thread.currentThread().setContextClassLoader(Program.class.getClassLoader());
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(conf);
        } catch (RuntimeException e) {
            throw refused(master, e);
        } finally {
            Thread.currentThread().setContextClassLoader(SparkCluster.class.getClassLoader());
        }
        context.sc().addSparkListener(new ClusterListener(settings.progress()));
        Optional<String> page = context.sc().uiWebUrl().isDefined()
                ? Optional.of(context.sc().uiWebUrl().get())
                : Optional.empty();
        settings.progress()
                .accept("Spark " + context.version() + " on " + master
                        + page.map(url -> "; its page while this runs: " + url).orElse(""));
        return new SparkCluster(context, conf.get(HOME), threads);
    }

    /** Settings of a Spark that somebody has set up: spark-submit has read them before, and the launcher says where they are. */
    private static void readDefaults(SparkConf conf) {
        Path file = Path.of(System.getProperty(DEFAULTS, ""));
        if (!Files.isRegularFile(file)) {
            return;
        }
        Properties defaults = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            defaults.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of(
                    file.toString(), "a file that cannot be read (" + firstLine(e) + ")", "settings of Spark"));
        }
        for (String key : new TreeSet<>(defaults.stringPropertyNames())) {
            if (key.startsWith("spark.")) {
                conf.setIfMissing(key, defaults.getProperty(key).strip());
            }
        }
    }

    /** Spark itself would say nothing, and then find no class. */
    private static void requirePackagesBrought(SparkConf conf) {
        if (conf.contains(PACKAGES) && !Boolean.getBoolean("SPARK_SUBMIT")) {
            throw new InvalidInputException(new Problem(
                    "--conf " + PACKAGES,
                    conf.get(PACKAGES),
                    "spark-submit, which alone brings packages",
                    "start with spark-submit (docs/cluster.md), or put the jars into the folder jars of a SPARK_HOME"));
        }
    }

    /** What the launcher sets for native libraries, which read it when they load; empty where it depends on the processor. */
    private static final Map<String, String> NATIVE = Map.of(
            "OMP_WAIT_POLICY", "passive",
            "OPENBLAS_CORETYPE", "",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "4294967296",
            "MALLOC_TOP_PAD_", "268435456",
            "TF_CPP_MIN_LOG_LEVEL", "2",
            "OPT_OUT_TRACKING", "true");

    /**
     * What executors begin with before the options of whoever configures Spark. As in the launcher, the optimizing compiler waits for code
     * that is worth its time: it would take the processor from the first minute of the work. No collector is named: the environment of
     * a worker may name another one, and Java refuses two.
     */
    private static final String JAVA_OPTIONS = "-XX:+IgnoreUnrecognizedVMOptions -XX:Tier4InvocationThreshold=25000"
            + " -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=75000";

    private static int threads(SparkConf conf) {
        String asked =
                conf.get(CPUS, Optional.ofNullable(System.getenv("VAE_THREADS")).orElse("1"));
        if (!asked.matches("[1-9]\\d{0,3}")) {
            throw new InvalidInputException(
                    Problem.of("--conf " + CPUS, asked, "a whole number of at least 1: the threads of each part"));
        }
        return Integer.parseInt(asked);
    }

    /** The jar of this module; nothing where its classes are in a folder, as in an editor. */
    private static Optional<Path> jar() {
        try {
            Path place = Path.of(SparkCluster.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(place) ? Optional.of(place) : Optional.empty();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException refused(String master, RuntimeException e) {
        return new RunFailedException("Spark does not begin on " + master + ": " + firstLine(e), e);
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(failure.toString());
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public int slots() {
        return Math.max(1, context.defaultParallelism() / threads);
    }

    @Override
    public SharedFolder folder(String path) {
        if (Folders.isOfHadoop(path)) {
            FirstContact.require(path, new org.apache.hadoop.fs.Path(path), context.hadoopConfiguration());
        }
        return Folders.of(path, context.hadoopConfiguration());
    }

    @Override
    public void requireThreads() {
        // The variables of executors are set above; those of this process were, by whoever started it.
        if (!context.sc().isLocal()) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        ThreadVariables.ofEngines(threads).forEach((variable, value) -> {
            String found = System.getenv(variable);
            if (!value.equals(found)) {
                problems.add(new Problem(
                        variable,
                        found == null ? "nothing" : found,
                        value + ", as " + CPUS + " is: engines read it in this process when they load",
                        "export " + variable + "=" + value + ", or start with vae spark, which does"));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    @Override
    public List<Object> run(String name, Class<? extends ClusterTask> task, Map<String, Object> settings) {
        return run(name, task, settings, List.of(name));
    }

    @Override
    public List<Object> run(
            String name,
            Class<? extends ClusterTask> task,
            Map<String, Object> settings,
            List<?> parts,
            IntConsumer done) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ClusterTaskRunner.TASK, task.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Program.class.getClassLoader());
        try {
            // Interrupts a part that is given up: it ends what it has started.
            context.setJobGroup(name, name, true);
            Object[][] results = new Object[parts.size()][];
            context.sc()
                    .runJob(
                            context.parallelize(new ArrayList<Object>(parts), parts.size())
                                    .mapPartitions(new IsolatedPartition(home, ClusterTaskRunner.class.getName(), all))
                                    .rdd(),
                            new PartResults(),
                            new AbstractFunction2<Object, Object[], BoxedUnit>() {
                                @Override
                                public BoxedUnit apply(Object part, Object[] result) {
                                    results[(Integer) part] = result;
                                    done.accept((Integer) part);
                                    return BoxedUnit.UNIT;
                                }
                            },
                            ClassTag$.MODULE$.apply(Object[].class));
            return Arrays.stream(results).flatMap(Arrays::stream).collect(Collectors.toCollection(ArrayList::new));
        } catch (Exception e) {
            throw failure(name, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The cause of a task: Spark wraps it, and tells the traces of both sides with it. */
    static RuntimeException failure(String name, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TaskFailure failure) {
                return failure.invalidInput()
                        ? new InvalidInputException(problems(failure.problems()))
                        : new RunFailedException(
                                failure.getMessage().contains(failure.host())
                                        ? failure.getMessage()
                                        : failure.getMessage() + " (on " + failure.host() + ")",
                                e);
            }
        }
        if (e instanceof SparkException || e instanceof IllegalStateException) {
            return new RunFailedException(name + ": Spark gave it up: " + firstLine(e), e);
        }
        return new RunFailedException(name + ": " + e.getClass().getSimpleName() + ": " + firstLine(e), e);
    }

    private static List<Problem> problems(List<String> parts) {
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < parts.size(); index += 4) {
            problems.add(
                    new Problem(parts.get(index), parts.get(index + 1), parts.get(index + 2), parts.get(index + 3)));
        }
        return problems;
    }

    @Override
    public void cancel() {
        context.cancelAllJobs();
    }

    @Override
    public void close() {
        context.close();
    }
}
