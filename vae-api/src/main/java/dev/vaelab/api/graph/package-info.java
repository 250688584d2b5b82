/**
 * What engines that compute in graphs have in common: operations are noted, and computed when somebody looks.
 *
 * <p>An engine gives a {@link dev.vaelab.api.graph.GraphCompiler}: how nodes of its graph are built, and how they are run. {@link
 * dev.vaelab.api.graph.GraphOperations} does the rest.
 *
 * <p>Equal operations on equal operands are one {@code Expression}, whose node is built once and found again in every step. A step's
 * tensors belong to scopes; of what a scope holds only what is looked at is computed, and what later programs have once read is kept
 * for them, so that nothing is computed twice from the second step on. Assignments to variables wait until the outermost scope closes:
 * whatever was noted before sees the values of before, whatever comes after reads what was assigned.
 */
package dev.vaelab.api.graph;
