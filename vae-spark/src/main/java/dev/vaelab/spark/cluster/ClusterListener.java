package dev.vaelab.spark.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** Tells a person which machine does what, and which one was lost. */
final class ClusterListener extends SparkListener {
    private static final String DESCRIPTION = "spark.job.description";

    private final Consumer<String> progress;
    private final Map<Integer, String> stages = new ConcurrentHashMap<>();
    private final Map<Integer, Parts> counted = new ConcurrentHashMap<>();

    ClusterListener(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String name = job.properties().getProperty(DESCRIPTION);
        if (name != null) {
            CollectionConverters.asJava(job.stageIds()).forEach(stage -> stages.put((Integer) stage, name));
        }
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
        int parts = stage.stageInfo().numTasks();
        if (parts > 1 && stages.containsKey(stage.stageInfo().stageId())) {
            counted.putIfAbsent(stage.stageInfo().stageId(), new Parts(parts));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        Parts parts = counted.get(task.stageId());
        if (parts != null && task.taskInfo().successful()) {
            parts.oneDone().ifPresent(text -> progress.accept(stages.get(task.stageId()) + ": " + text));
        }
    }

    /** The parts of a job of many, of which a person is told now and then. */
    private static final class Parts {
        private static final int MOST_LINES = 20;

        private final int all;
        private int done;

        Parts(int all) {
            this.all = all;
        }

        synchronized Optional<String> oneDone() {
            done++;
            boolean told = done == all || done * MOST_LINES / all > (done - 1) * MOST_LINES / all;
            return told ? Optional.of(done + " of " + all + " parts are done") : Optional.empty();
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        String name = stages.get(task.stageId());
        if (name != null
                && (!counted.containsKey(task.stageId()) || task.taskInfo().attemptNumber() > 0)) {
            int attempt = task.taskInfo().attemptNumber();
            progress.accept(name + ": on " + task.taskInfo().host() + ", executor "
                    + task.taskInfo().executorId() + (attempt == 0 ? "" : ", attempt " + (attempt + 1)));
        }
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        progress.accept("executor " + added.executorId() + " on "
                + added.executorInfo().executorHost() + " with "
                + added.executorInfo().totalCores() + " processors");
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        progress.accept("executor " + removed.executorId() + " is gone: "
                + removed.reason().lines().findFirst().orElse(""));
    }
}
