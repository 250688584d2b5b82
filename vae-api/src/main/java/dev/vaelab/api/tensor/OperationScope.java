package dev.vaelab.api.tensor;

/** A stretch of work: what operations compute while it is the innermost open one lives until it closes. */
public interface OperationScope extends AutoCloseable {
    /** Frees what was computed. A second call does nothing. */
    @Override
    void close();
}
