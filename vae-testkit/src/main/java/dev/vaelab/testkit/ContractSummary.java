package dev.vaelab.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints at the end how many tests pass in each group, and how the first one fails: where an operation is wrong or missing, hundreds
 * of tests behind it fail, too.
 */
final class ContractSummary implements AfterEachCallback, AfterAllCallback {
    /** How JUnit calls a case of a parameterized test: its number, the parameter, and what the case says of itself. */
    private static final Pattern CASE = Pattern.compile("\\[\\d+] (?:\\w+ ?= ?)?(.*)");

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
        Matcher tried = CASE.matcher(context.getDisplayName());
        String test = tried.matches() ? method + " (" + tried.group(1) + ")" : method;
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
        if (whole) {
            groups.forEach((title, group) -> System.out.println(backend + ": contract, " + title + ": " + group));
        }
    }
}
