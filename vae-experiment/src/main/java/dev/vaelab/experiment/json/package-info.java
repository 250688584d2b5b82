/** What the program writes for other programs: JSON on standard output and in run folders. */
package dev.vaelab.experiment.json;
