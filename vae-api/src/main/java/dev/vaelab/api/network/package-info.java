/**
 * Networks as lists of layers. Tensors, their names, initial values and operation counts follow from the list; an engine may
 * lower a whole network in its own way, see {@link dev.vaelab.api.network.Network}.
 */
package dev.vaelab.api.network;
