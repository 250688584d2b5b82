package dev.vaelab.report.mlflow;

/**
 * One value of a metric.
 *
 * @param key its name
 * @param timestamp when it was measured, in milliseconds since 1970
 * @param step training steps at that time
 */
record MlflowMetric(String key, double value, long timestamp, long step) {}
