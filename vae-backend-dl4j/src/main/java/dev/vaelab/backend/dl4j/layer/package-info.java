/**
 * The layers of the model as Deeplearning4j layers of our own: a definition (configuration), its parameters, and an
 * implementation with a forward and a backward pass.
 *
 * <p>The stock layers are several times slower, and some do not compute what PyTorch does. These work on images that lie
 * as [images, rows, columns, channels] and keep their arrays from step to step: what a pass returns holds until the next
 * pass of the same layer.
 */
package dev.vaelab.backend.dl4j.layer;
