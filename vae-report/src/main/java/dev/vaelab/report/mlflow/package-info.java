/**
 * Records of training runs for MLflow, in its file store or on a tracking server: another record, for those who have all of theirs
 * there.
 *
 * <p>The layout of the file store is that of {@code mlflow/store/tracking/file_store.py}, the requests are those of MLflow's REST
 * API; nothing of MLflow is needed.
 */
package dev.vaelab.report.mlflow;
