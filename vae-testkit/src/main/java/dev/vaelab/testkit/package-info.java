/**
 * What a backend must pass, and a loss, likelihood, prior or sampler.
 *
 * <p>A backend proves itself with one test class of a few lines:
 *
 * <pre>{@code
 * class MyBackendContractTest extends VaeBackendContract {
 *     @Override
 *     protected VaeBackend backend() {
 *         return new MyBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>So does a part, with {@link dev.vaelab.testkit.LossContract}, {@link dev.vaelab.testkit.LikelihoodContract},
 * {@link dev.vaelab.testkit.PriorContract} or {@link dev.vaelab.testkit.SamplerContract}.
 *
 * <p>The backend has to be on the test's class path with its entry in {@code META-INF/services}. Each comparison prints
 * one line: which number came closest to its tolerance, and how close. The last lines tell for each group how many
 * tests pass. Tests that take seconds carry the tag {@value dev.vaelab.testkit.VaeBackendContract#SLOW}, and each group a
 * tag of its own: {@code mvn test -Dgroups=operations}.
 *
 * <p>If the contract passes, the training loop, the checkpoints and the comparisons of this project work with the
 * backend. A mistake that the contract does not notice is a reason to improve the contract.
 */
package dev.vaelab.testkit;
