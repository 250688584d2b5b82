/**
 * What a backend must pass.
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
 * <p>If the contract passes, the training loop, the checkpoints and the comparisons of this project work with the backend.
 * A mistake that the contract does not notice is a reason to improve the contract.
 */
package dev.vaelab.testkit;
