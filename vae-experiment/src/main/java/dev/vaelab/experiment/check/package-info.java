/** What can be told of an experiment before anything starts: whether its images fit its model, and both the machine. */
package dev.vaelab.experiment.check;
