package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every kind of data set promises. The test of a kind is a subclass that makes its provider; a kind that reads files also
 * says with which settings.
 */
public abstract class DatasetContract {
    /** A new provider of the kind under test. */
    protected abstract DatasetProvider provider();

    /** The part {@code dataset} of an experiment file that the kind opens: by default its name and nothing else. */
    protected DatasetConfig config() {
        return new DatasetConfig(provider().name(), null, null, null, null, null, null, null);
    }

    @Test
    @DisplayName("ServiceLoader finds exactly one data set of this name, and it is this one")
    void discovery() {
        ClassLoader classPath = Thread.currentThread().getContextClassLoader();
        DatasetProvider found = NamedProviders.load("data set", DatasetProvider.class, classPath, DatasetProvider::name)
                .require(provider().name(), "META-INF/services/" + DatasetProvider.class.getName());
        assertEquals(provider().getClass(), found.getClass());
    }

    @Test
    @DisplayName("the name has lower-case letters, digits and hyphens, and the description is one line")
    void words() {
        assertTrue(provider().name().matches("[a-z][a-z0-9-]*"), provider().name());
        assertFalse(provider().description().isBlank());
        assertEquals(1, provider().description().lines().count(), provider().description());
    }

    @Test
    @DisplayName("settings that it opens are settings that it has nothing against")
    void check() {
        assertEquals(List.of(), provider().check(config()));
    }

    @Test
    @DisplayName("the same images in the same order, whenever it is opened")
    void repeatable() {
        Dataset first = provider().open(config());
        Dataset second = provider().open(config());
        assertEquals(first.checksums(), second.checksums());
        assertEquals(first.classNames(), second.classNames());
        assertEquals(first.validation().isPresent(), second.validation().isPresent());
        requireSame("training", first.training(), second.training());
        requireSame("test", first.test(), second.test());
        first.validation()
                .ifPresent(images ->
                        requireSame("validation", images, second.validation().orElseThrow()));
    }

    private static void requireSame(String split, LabelledImages first, LabelledImages second) {
        assertEquals(first.shape(), second.shape());
        assertEquals(first.count(), second.count(), split + " images");
        float[] expected = new float[first.shape().size()];
        float[] found = new float[expected.length];
        for (int image = 0; image < first.count(); image++) {
            String which = split + " image " + image;
            assertEquals(first.label(image), second.label(image), "the label of " + which);
            first.copyPixels(image, expected, 0);
            second.copyPixels(image, found, 0);
            assertArrayEquals(expected, found, which);
        }
    }

    @Test
    @DisplayName("every label has a name, where labels have names")
    void names() {
        Dataset dataset = provider().open(config());
        if (!dataset.classNames().isEmpty()) {
            assertEquals(dataset.classNames().size(), dataset.classes(), "classes named " + dataset.classNames());
        }
    }
}
