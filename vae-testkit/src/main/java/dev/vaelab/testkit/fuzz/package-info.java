/**
 * Fuzz tests: readers of files meet sound files with random changes, from a fixed seed.
 *
 * <p>A target is one JUnit test with the tag {@value dev.vaelab.testkit.fuzz.Fuzzing#TAG}:
 *
 * <pre>{@code
 * @Test
 * @Tag(Fuzzing.TAG)
 * void anyFile() {
 *     Fuzzing.of("idx")
 *             .seed("images", soundFile)
 *             .mutations(ByteMutation.values())
 *             .run(input -> requireReadOrRefused(input.content()));
 * }
 * }</pre>
 *
 * <p>In a build each target tries a fixed number of inputs, the same ones every time. {@code -Dvaelab.fuzz.seconds=600} goes on for
 * as long, and {@code -Dvaelab.fuzz.seed=2} tries others. An input that fails is kept below {@code target/fuzz}; moved to
 * {@code src/test/resources/fuzz}, it is tried first from then on.
 *
 * <p>Mutation without feedback is chosen over a coverage-guided fuzzer on purpose: such a fuzzer takes one test to a JVM and its
 * findings depend on the time that it is given, and a build has to give the same answer twice.
 */
package dev.vaelab.testkit.fuzz;
