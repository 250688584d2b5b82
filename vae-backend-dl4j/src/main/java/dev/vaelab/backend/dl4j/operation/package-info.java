/**
 * The engine's operations as the layers of the model need them: bound to their arrays once, then run again and again.
 */
package dev.vaelab.backend.dl4j.operation;
