/**
 * An engine on TensorFlow, by TensorFlow-Java, in graphs.
 *
 * <p>{@link dev.vaelab.backend.tensorflow.TensorFlowBackend} is the only public class; the service loader finds it. It is a plug-in:
 * {@code mvn package -Pplugin -pl vae-backend-tensorflow -am -DskipTests} puts it with TensorFlow's jars into {@code
 * plugins/tensorflow}.
 *
 * <p>What graph engines have in common is in {@link dev.vaelab.api.graph}: operations are noted, and computed when somebody looks. Here
 * are the nodes that they become ({@code NodeArithmetic}), and how they are run ({@code TensorFlowGraph}). Variables are TensorFlow's
 * resources. Networks and updates are compositions.
 *
 * <p>Two decisions carry the speed. Feature maps keep their channels last from one convolution to the next, since that is the order of
 * TensorFlow's kernels for processors, and convolutions name their padding where they can, since oneDNN has no derivatives for others.
 * And sums over images are first made within each image: those in float64 are then short.
 */
package dev.vaelab.backend.tensorflow;
