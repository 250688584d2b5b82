package dev.vaelab.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.training.model.ModelRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The contract as it runs on a sabotaged backend, which is expected to fail: not part of the build's own tests. */
final class SabotagedContract extends VaeBackendContract {
    /**
     * JUnit makes the instances, so that there is no other way to hand the backend over. It runs a contract on the thread that asks for
     * it, and contracts on several threads side by side.
     */
    private static final ThreadLocal<DelegatingBackend> SABOTAGED = new ThreadLocal<>();

    @Override
    protected VaeBackend backend() {
        return SABOTAGED.get();
    }

    @Override
    VaeModel<?> create(ModelRequest request) {
        return SABOTAGED.get().create(request);
    }

    @Override
    protected Precision precision() {
        return Precision.FLOAT64;
    }

    /** The quick tests of arithmetic that a backend fails, as {@code Group.method}. Its models are sound. */
    static Set<String> arithmeticFailuresOf(DelegatingBackend backend) {
        return failures(
                backend,
                request()
                        .selectors(selectNestedClass(
                                List.of(SabotagedContract.class), VaeBackendContract.Operations.class))
                        .build());
    }

    /** The quick tests of models that a backend fails, as {@code Group.method}. Its arithmetic is sound. */
    static Set<String> failuresOf(DelegatingBackend backend) {
        return failures(
                backend,
                request()
                        .selectors(Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                                .filter(group -> group != VaeBackendContract.Operations.class)
                                .map(group -> selectNestedClass(List.of(SabotagedContract.class), group))
                                .toArray(DiscoverySelector[]::new))
                        .filters(excludeTags(SLOW))
                        .build());
    }

    /** One test, as {@code Group.method}, if a backend fails it; else nothing. */
    static Set<String> failuresOf(DelegatingBackend backend, String test) {
        int dot = test.indexOf('.');
        Class<?> group = Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(test.substring(0, dot)))
                .findFirst()
                .orElseThrow();
        return failures(
                backend,
                request()
                        .selectors(selectNestedMethod(List.of(SabotagedContract.class), group, test.substring(dot + 1)))
                        .build());
    }

    private static LauncherDiscoveryRequestBuilder request() {
        return LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
    }

    private static Set<String> failures(DelegatingBackend backend, LauncherDiscoveryRequest request) {
        SABOTAGED.set(backend);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            SABOTAGED.remove();
        }
        return listener.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getSource().orElseThrow())
                .map(MethodSource.class::cast)
                .map(method -> method.getJavaClass().getSimpleName() + "." + method.getMethodName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
