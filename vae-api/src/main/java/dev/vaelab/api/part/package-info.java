/**
 * How losses, likelihoods, priors and samplers are found: providers that {@link java.util.ServiceLoader} loads, chosen by name in
 * an experiment file.
 */
package dev.vaelab.api.part;
