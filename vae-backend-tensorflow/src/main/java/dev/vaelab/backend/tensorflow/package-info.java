/**
 * An engine on TensorFlow, by TensorFlow-Java, in graphs.
 *
 * <p>{@link dev.vaelab.backend.tensorflow.TensorFlowBackend} is the only public class; the service loader finds it. It is a plug-in:
 * {@code mvn package -Pplugin -pl vae-backend-tensorflow -am -DskipTests} puts it with TensorFlow's jars into {@code
 * plugins/tensorflow}.
 *
 * <p>Operations are noted and not computed ({@code GraphTensor}, {@code Workspace}). When values are asked for, all that open scopes hold
 * becomes one program, which is traced into TensorFlow's graph the first time and found again from then on ({@code Trace}): a step of a
 * training is one run of the forward and backward pass, and one of the update. Variables are TensorFlow's resources, which updates change
 * in place.
 *
 * <p>Three decisions carry the speed. Inside a network ({@code LayerGraph}) images have their channels last, and convolutions name their
 * padding where they can, since oneDNN has no derivatives for others. Batch normalization has few passes; TensorFlow's own adds up in
 * float32 one by one, from which gradients are off by some percent. And the update is TensorFlow's Adam with moments that are computed
 * before it, as it would round 1 - beta to float32.
 */
package dev.vaelab.backend.tensorflow;
