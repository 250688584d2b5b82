/**
 * The losses, likelihoods, priors and samplers that come with the project, each one class of its formulas. One of somebody else
 * is written in the same way, see {@code docs/add-a-part.md}.
 */
package dev.vaelab.training.part;
