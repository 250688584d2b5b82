/**
 * One experiment on several engines: runs side by side, means with confidence intervals, paired differences, a verdict.
 */
package dev.vaelab.experiment.comparison;
