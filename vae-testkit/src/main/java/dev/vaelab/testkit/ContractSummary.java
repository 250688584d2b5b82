package dev.vaelab.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints at the end, where a test failed, how many passed in each group, and how the first one failed: where an operation is wrong
 * or missing, hundreds of tests behind it fail, too.
 */
final class ContractSummary implements AfterEachCallback, AfterAllCallback {
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private String backend;

    /** How the tests of a group went so far. */
    private static final class Group {
        private int tests;
        private int failed;
        private String firstFailure;

        void add(String test, Throwable failure) {
            tests++;
            if (failure != null) {
                failed++;
                firstFailure = firstFailure == null ? test + ": " + describe(failure) : firstFailure;
            }
        }

        private static String describe(Throwable failure) {
            String message = failure.getMessage() == null
                    ? ""
                    : failure.getMessage().lines().findFirst().orElse("");
            return failure instanceof AssertionError
                    ? message
                    : failure.getClass().getSimpleName() + ": " + message;
        }

        @Override
        public String toString() {
            String passed = (tests - failed) + " of " + tests + " tests pass";
            return failed == 0 ? passed : passed + "; the first that fails is " + firstFailure;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Throwable failure = context.getExecutionException().orElse(null);
        if (failure instanceof TestAbortedException) {
            return;
        }
        backend = context.getRequiredTestInstances()
                .findInstance(VaeBackendContract.class)
                .map(contract -> contract.backend().name())
                .orElseThrow();
        String method = context.getRequiredTestMethod().getName();
        String name = context.getDisplayName();
        // The cases of a parameterized test are numbered.
        String test = name.startsWith("[") ? method + " " + name : method;
        groups.computeIfAbsent(group(context), title -> new Group()).add(test, failure);
    }

    private static String group(ExtensionContext context) {
        ExtensionContext container = context;
        while (!container.getElement().filter(Class.class::isInstance).isPresent()) {
            container = container.getParent().orElseThrow();
        }
        return container.getDisplayName().replace(":", "");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean whole = !context.getRequiredTestClass().isAnnotationPresent(Nested.class);
        if (whole && groups.values().stream().anyMatch(group -> group.failed > 0)) {
            groups.forEach((title, group) -> System.out.println(backend + ": contract, " + title + ": " + group));
        }
    }
}
