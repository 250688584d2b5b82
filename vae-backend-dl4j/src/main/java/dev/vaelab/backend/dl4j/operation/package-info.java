/**
 * The engine's operations as layers and tensors need them: made once, bound to arrays, then run again and again; and loops where the
 * engine has none that is exact or fast.
 */
package dev.vaelab.backend.dl4j.operation;
