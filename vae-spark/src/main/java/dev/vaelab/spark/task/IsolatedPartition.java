package dev.vaelab.spark.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.Utils;

/** Does partitions on executors by a named {@link IsolatedTask}; this is what is serialized. */
public final class IsolatedPartition implements FlatMapFunction<Iterator<Object>, Object> {
    private static final long serialVersionUID = 1;

    private final String home;
    private final String task;
    private final HashMap<String, Object> settings;

    /**
     * A function of partitions.
     *
     * @param home the distribution, at the same path on every machine
     * @param task a class of the program's side
     * @param settings types of the JDK that can be serialized
     */
    public IsolatedPartition(String home, String task, Map<String, Object> settings) {
        this.home = home;
        this.task = task;
        this.settings = new HashMap<>(settings);
    }

    @Override
    public Iterator<Object> call(Iterator<Object> rows) {
        TaskContext context = TaskContext.get();
        String host = Utils.localHostName();
        Path folder = Path.of(home);
        Program program = Program.of(host, folder);
        Path scratch = scratch(host);
        TaskCompletionListener removal = ended -> remove(scratch);
        context.addTaskCompletionListener(removal);
        try {
            IsolatedTask isolated = program.make(IsolatedTask.class, task);
            Attempt attempt = new Attempt(host, folder, scratch, context.cpus(), context.attemptNumber());
            return new Inside(program, program.inside(() -> isolated.run(settings, rows, attempt)));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new TaskFailure(
                    host,
                    "the distribution in " + home + " on " + host + " does not fit that of the driver (" + e
                            + "); install the same version");
        }
    }

    /** Results that the program's side makes as they are read. */
    private record Inside(Program program, Iterator<Object> results) implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return program.inside(results::hasNext);
        }

        @Override
        public Object next() {
            return program.inside(results::next);
        }
    }

    private static Path scratch(String host) {
        String parent = Utils.getLocalDir(SparkEnv.get().conf());
        try {
            return Files.createTempDirectory(Path.of(parent), "vaelab-");
        } catch (IOException e) {
            throw new TaskFailure(
                    host,
                    "cannot make a folder in " + parent + " on " + host + " (spark.local.dir): " + e.getMessage());
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Spark removes its folder at the end.
        }
    }
}
