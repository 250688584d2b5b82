package dev.vaelab.spark.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** Tells a person which machine does what, and which one was lost. */
final class ClusterListener extends SparkListener {
    private static final String DESCRIPTION = "spark.job.description";

    private final Consumer<String> progress;
    private final Map<Integer, String> stages = new ConcurrentHashMap<>();

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
    public void onTaskStart(SparkListenerTaskStart task) {
        String name = stages.get(task.stageId());
        if (name != null) {
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
