package dev.vaelab.experiment.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.plugin.PluginPath;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.process.ChildLimits;
import dev.vaelab.experiment.process.ChildProgram;
import dev.vaelab.experiment.process.ThreadVariables;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one run of a sweep, in a JVM of its own on whatever machine that is: native code that dies takes nothing else with it. Works
 * in a folder of this machine, and copies the run folder to where all machines reach it after each epoch. A run that was begun by a
 * machine that is lost goes on from its last checkpoint.
 *
 * <p>The result is one text: empty, or what went wrong in the training.
 */
public final class TrainRun implements ClusterTask {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainRun.class);
    private static final double SHARE_OF_MEMORY = 0.8;

    /** The folder of the sweep. */
    static final String FOLDER = "folder";

    /** The name of the run. */
    static final String RUN = "run";

    /** Its experiment, as JSON. */
    static final String CONFIG = "config";

    /** The epoch after which it is to stop. */
    static final String UNTIL = "until";

    /** What relative paths of the experiment are relative to, on machines that have it. */
    static final String DIRECTORY = "directory";

    /** When it is given up that shows no sign of life, in milliseconds. */
    static final String SILENCE = "silence";

    /** When it is given up for its memory, in bytes; absent for a share of this machine's. */
    static final String MEMORY = "memory";

    private static final String MESSAGES = "messages";

    /** Made by name. */
    public TrainRun() {}

    @Override
    public Iterator<Object> run(Map<String, Object> settings, Iterator<Object> rows, TaskPlace place) {
        String name = (String) settings.get(RUN);
        String text = (String) settings.get(CONFIG);
        ExperimentConfig config = JsonText.read(text, ExperimentConfig.class);
        int until = (Integer) settings.get(UNTIL);
        requireEngine(config.backend(), place);
        SharedFolder sweep = place.folder((String) settings.get(FOLDER));
        RunFolder run = new RunFolder(place.scratch().resolve("run").resolve(name));
        RunCopy copy = new RunCopy(
                run,
                sweep.folder(name),
                place.scratch().resolve("snapshot"),
                UUID.randomUUID().toString());
        try {
            requireShared(sweep, place);
            copy.begin();
        } catch (IOException e) {
            throw copy.cannotWrite(place.host(), e);
        }
        boolean whole = until >= config.training().epochs();
        String failure =
                whole && Files.exists(run.result()) ? "" : train(name, text, config, until, settings, run, copy, place);
        try {
            putMessages(place.scratch().resolve(MESSAGES), sweep);
            copy.end();
        } catch (IOException e) {
            throw copy.cannotWrite(place.host(), e);
        }
        return List.<Object>of(failure).iterator();
    }

    private static String train(
            String name,
            String text,
            ExperimentConfig config,
            int until,
            Map<String, Object> settings,
            RunFolder run,
            RunCopy copy,
            TaskPlace place) {
        RunFolder.makeParts(run.path());
        if (!Files.exists(run.config())) {
            RunFolder.writeText(run.config(), text);
        }
        Path directory = Path.of((String) settings.get(DIRECTORY));
        ChildLimits limits = new ChildLimits(
                Duration.ofMillis((Long) settings.get(SILENCE)),
                settings.get(MEMORY) instanceof Long asked ? asked : shareOfMemory(place.threads()));
        try (Copying copying =
                Copying.start(copy, name, () -> Files.exists(run.checkpoints().last()))) {
            ChildCommands children = new ChildCommands(
                    place.scratch().resolve(MESSAGES),
                    limits,
                    environment(place),
                    line -> {
                        LOGGER.info("{}", line);
                        copying.lineSaid();
                    },
                    Optional.of(new ChildProgram.Launch(
                            place.home().resolve("bin/vae"),
                            Files.isDirectory(directory) ? directory : place.scratch())));
            RunOutcome outcome = children.train(name, run, config, until);
            return outcome.failure() == null ? "" : outcome.failure() + " (on " + place.host() + ")";
        }
    }

    private static Map<String, String> environment(TaskPlace place) {
        Map<String, String> environment = new HashMap<>(ThreadVariables.of(place.threads()));
        String plugins = System.getProperty(PluginPath.PLUGINS, "");
        if (!plugins.isEmpty()) {
            environment.put("VAE_PLUGINS", plugins);
        }
        return environment;
    }

    /** What the run said, and the report of its JVM if that crashed: where the sweep of one machine has them. */
    private static void putMessages(Path folder, SharedFolder sweep) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                sweep.put(file, file.getFileName().toString());
            }
        }
    }

    private static void requireEngine(String engine, TaskPlace place) {
        Laboratory laboratory = Laboratory.open();
        if (!laboratory.backends().names().contains(engine)) {
            throw new InvalidInputException(new Problem(
                    "backend on " + place.host(),
                    "no " + engine + " in " + place.home().resolve("engines") + ", only "
                            + String.join(", ", laboratory.backends().names()),
                    "the engine of the experiment on every machine",
                    "copy the distribution of the driver there"));
        }
    }

    /** A folder of the driver's machine alone would take results that nobody finds. */
    private static void requireShared(SharedFolder sweep, TaskPlace place) throws IOException {
        if (!sweep.has("sweep.json")) {
            throw new InvalidInputException(new Problem(
                    "--out " + sweep.path(),
                    "no sweep.json there on " + place.host(),
                    "a folder that every machine reaches",
                    "name one of a file system that all have mounted, or hdfs:, s3a: and so on"));
        }
    }

    private static long shareOfMemory(int threads) {
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? (long) (system.getTotalMemorySize() * SHARE_OF_MEMORY / atOnce)
                : Long.MAX_VALUE;
    }

    /** Copies while the training goes on, after lines that it says: one of them tells of each epoch. */
    private static final class Copying implements AutoCloseable {
        private final Semaphore lines = new Semaphore(0);
        private final RunCopy copy;
        private final BooleanSupplier worthwhile;
        private final Thread thread;
        private volatile boolean over;

        private Copying(RunCopy copy, String name, BooleanSupplier worthwhile) {
            this.copy = copy;
            this.worthwhile = worthwhile;
            thread = new Thread(this::copyAll, "copy of " + name);
        }

        static Copying start(RunCopy copy, String name, BooleanSupplier worthwhile) {
            Copying copying = new Copying(copy, name, worthwhile);
            copying.thread.setDaemon(true);
            copying.thread.setContextClassLoader(Copying.class.getClassLoader());
            copying.thread.start();
            return copying;
        }

        void lineSaid() {
            lines.release();
        }

        private void copyAll() {
            try {
                while (true) {
                    lines.acquire();
                    lines.drainPermits();
                    if (over) {
                        return;
                    }
                    if (worthwhile.getAsBoolean()) {
                        copy.update();
                    }
                }
            } catch (IOException | RunFailedException e) {
                // What is copied at the end fails as well, or makes up for it.
                LOGGER.warn("cannot copy a run folder while it is trained: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for the copying that is at work: there is one at a time. */
        @Override
        public void close() {
            over = true;
            lines.release();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
