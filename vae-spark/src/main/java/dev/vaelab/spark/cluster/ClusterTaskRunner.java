package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.experiment.cluster.ClusterTask;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.cluster.TaskPlace;
import dev.vaelab.experiment.run.ResourceShortage;
import dev.vaelab.spark.task.Attempt;
import dev.vaelab.spark.task.IsolatedTask;
import dev.vaelab.spark.task.TaskFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Does a {@link ClusterTask} in a partition, and says what goes wrong in words that cross to the driver. */
public final class ClusterTaskRunner implements IsolatedTask {
    /** The setting that names the class of the task. */
    static final String TASK = "vaelab.task";

    @Override
    public Iterator<Object> run(Map<String, Object> settings, Iterator<Object> rows, Attempt attempt) {
        Map<String, Object> own = new HashMap<>(settings);
        String name = (String) own.remove(TASK);
        Iterator<Object> results = translating(attempt, () -> make(name).run(own, rows, new Place(attempt)));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return translating(attempt, results::hasNext);
            }

            @Override
            public Object next() {
                return translating(attempt, results::next);
            }
        };
    }

    private static ClusterTask make(String name) {
        try {
            return (ClusterTask) Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(name);
        }
    }

    /** Classes of the program mean nothing to Spark's side. */
    private static <T> T translating(Attempt attempt, Supplier<T> action) {
        try {
            return action.get();
        } catch (InvalidInputException e) {
            List<String> problems = new ArrayList<>();
            for (Problem problem : e.problems()) {
                problems.addAll(List.of(problem.place(), problem.found(), problem.expected(), problem.advice()));
            }
            throw new TaskFailure(attempt.host(), e.getMessage(), true, problems);
        } catch (RunFailedException e) {
            throw new TaskFailure(attempt.host(), e.getMessage());
        } catch (TaskFailure e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            // With its trace, for the page of the task; a person reads the message.
            LoggerFactory.getLogger(ClusterTaskRunner.class).error("a task failed", e);
            throw new TaskFailure(
                    attempt.host(),
                    ResourceShortage.of(e).orElseGet(() -> "this should not have happened: " + e + place(e)));
        }
    }

    private static String place(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : ", at " + frames[0];
    }

    private record Place(Attempt of) implements TaskPlace {
        @Override
        public String host() {
            return of.host();
        }

        @Override
        public Path home() {
            return of.home();
        }

        @Override
        public Path scratch() {
            return of.scratch();
        }

        @Override
        public int threads() {
            return of.cpus();
        }

        @Override
        public int attempt() {
            return of.number();
        }

        @Override
        public boolean cancelled() {
            return of.cancelled();
        }

        @Override
        public SharedFolder folder(String path) {
            return Folders.of(path, HadoopSettings.ofSpark());
        }
    }
}
