/**
 * Event files for TensorBoard: another record of a training, for those who have all of theirs there.
 *
 * <p>Messages are TensorFlow's own; nothing of TensorFlow runs.
 */
package dev.vaelab.report.tensorboard;
