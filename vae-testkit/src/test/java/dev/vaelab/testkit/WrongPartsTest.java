package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.testkit.WrongParts.WrongPart;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@DisplayName("The contract of parts fails where it should:")
class WrongPartsTest {
    /** JUnit makes the instances, so that there is no other way to hand the part over. */
    private static Part tried;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.WrongParts#all")
    @DisplayName("a mistake fails the tests that are meant for it, and no other")
    void mistake(WrongPart wrong) throws IOException {
        assertEquals(wrong.tests(), failures(wrong));
    }

    @Test
    @DisplayName("each of its tests is failed by a mistake")
    void everyTest() {
        Set<String> failed = WrongParts.all()
                .flatMap(wrong -> wrong.tests().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tests = Stream.<Class<?>>of(
                        PartContract.class,
                        RowwiseContract.class,
                        LossContract.class,
                        LikelihoodContract.class,
                        PriorContract.class,
                        SamplerContract.class)
                .flatMap(contract -> Stream.of(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(DisplayName.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tests, failed);
    }

    private Set<String> failures(WrongPart wrong) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(kind(wrong.part()).getName()),
                wrong.registered() ? wrong.part().getClass().getName() : "");
        tried = wrong.part();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(contract(wrong.part())))
                                    .build(),
                            listener);
        } finally {
            thread.setContextClassLoader(before);
        }
        return listener.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getSource().orElseThrow())
                .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast)
                .map(org.junit.platform.engine.support.descriptor.MethodSource::getMethodName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> kind(Part part) {
        return List.of(Loss.class, Likelihood.class, Prior.class, Sampler.class).stream()
                .filter(kind -> kind.isInstance(part))
                .findFirst()
                .orElseThrow();
    }

    private static Class<?> contract(Part part) {
        return List.of(OfLoss.class, OfLikelihood.class, OfPrior.class, OfSampler.class)
                .get(List.of(Loss.class, Likelihood.class, Prior.class, Sampler.class)
                        .indexOf(kind(part)));
    }

    /** Run by these tests only, which expect it to fail. */
    static final class OfLoss extends LossContract {
        @Override
        protected Loss loss() {
            return (Loss) tried;
        }
    }

    /** Run by these tests only, which expect it to fail. */
    static final class OfLikelihood extends LikelihoodContract {
        @Override
        protected Likelihood likelihood() {
            return (Likelihood) tried;
        }
    }

    /** Run by these tests only, which expect it to fail. */
    static final class OfPrior extends PriorContract {
        @Override
        protected Prior prior() {
            return (Prior) tried;
        }
    }

    /** Run by these tests only, which expect it to fail. */
    static final class OfSampler extends SamplerContract {
        @Override
        protected Sampler sampler() {
            return (Sampler) tried;
        }
    }
}
