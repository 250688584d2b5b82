package dev.vaelab.testkit;

import java.util.Set;

/**
 * A mistake that a backend makes.
 *
 * @param what the mistake in words
 * @param backend who makes it
 * @param tests the tests that notice it, as {@code Group.method}; no other may fail
 */
record Mistake(String what, DelegatingBackend backend, Set<String> tests) {
    @Override
    public String toString() {
        return what;
    }
}
