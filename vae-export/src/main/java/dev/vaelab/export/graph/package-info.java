/**
 * What a trained model computes, told once to any format: {@link dev.vaelab.export.graph.ModelGraph} says it step by step, and a
 * {@link dev.vaelab.export.graph.GraphBuilder} writes each step down.
 */
package dev.vaelab.export.graph;
