package dev.vaelab.spark.cluster;

import dev.vaelab.spark.task.Program;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What Hadoop knows of file systems: its own defaults, the files of {@code HADOOP_CONF_DIR}, and Spark's {@code spark.hadoop.*}. */
final class HadoopSettings {
    private HadoopSettings() {}

    /** Those of this process, be it the driver or an executor. */
    static Configuration ofSpark() {
        // Hadoop looks for its files by the loader of the thread that makes a configuration. That of the program has
        // none of them, and
        // Hadoop goes on without a word.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Program.class.getClassLoader());
        try {
            return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
