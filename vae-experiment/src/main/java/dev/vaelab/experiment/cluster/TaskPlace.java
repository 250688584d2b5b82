package dev.vaelab.experiment.cluster;

import java.nio.file.Path;

/** The machine on which a part of a job is done, as the part sees it. */
public interface TaskPlace {
    /** The machine, as people know it. */
    String host();

    /** The distribution on this machine: {@code bin}, {@code lib}, {@code engines}. */
    Path home();

    /** A folder for files that nobody needs once the part is done; each attempt has its own, and it is removed. */
    Path scratch();

    /** Processors that the part may use, and so the threads of its engine. */
    int threads();

    /** How often the same part was begun before: 0 unless a machine was lost or the part failed. */
    int attempt();

    /** Whether the result is not wanted any more: what takes long ends. */
    boolean cancelled();

    /**
     * A folder that every machine reaches.
     *
     * @param path as a person gives it: a local path, or {@code hdfs:}, {@code s3a:} and so on
     */
    SharedFolder folder(String path);
}
