package dev.vaelab.report.explore;

/**
 * A test image.
 *
 * @param index which one, from 0
 * @param label its label
 * @param pixels as unsigned bytes in the order of the image's shape
 * @param mean its posterior mean
 */
record TestImage(int index, int label, byte[] pixels, float[] mean) {}
