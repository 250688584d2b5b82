package dev.vaelab.report.mlflow;

/**
 * A run as MLflow knows it.
 *
 * @param experiment id of the experiment that it belongs to
 * @param id of its own
 */
record MlflowRun(String experiment, String id) {}
