package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the contract of data sets lets through, and what it finds. */
@DisplayName("The contract of data sets")
final class DatasetContractTest {
    @Nested
    @DisplayName("lets a sound one through:")
    final class Sound extends DatasetContract {
        @Override
        protected DatasetProvider provider() {
            return new Dots();
        }
    }

    @Test
    @DisplayName("finds a class in the service file that is not the one of the test")
    void discovery() {
        requireFound(() -> new Dots() {}, DatasetContract::discovery, "Dots");
    }

    @Test
    @DisplayName("finds a name that cannot be written, and a description of two lines")
    void words() {
        requireFound(
                () -> new Dots() {
                    @Override
                    public String name() {
                        return "My Dots";
                    }
                },
                DatasetContract::words,
                "My Dots");
        requireFound(
                () -> new Dots() {
                    @Override
                    public String description() {
                        return "one\nwhite pixel";
                    }
                },
                DatasetContract::words,
                "white pixel");
    }

    @Test
    @DisplayName("finds a check that refuses what can be opened")
    void check() {
        requireFound(
                () -> new Dots() {
                    @Override
                    public List<Problem> check(DatasetConfig config) {
                        return List.of(Problem.of("dataset.name", config.name(), "other dots"));
                    }
                },
                DatasetContract::check,
                "other dots");
    }

    @Test
    @DisplayName("finds images that are others the next time")
    void repeatable() {
        AtomicInteger opened = new AtomicInteger();
        requireFound(
                () -> new Dots() {
                    @Override
                    public Dataset open(DatasetConfig config) {
                        return dataset(images(7 + opened.incrementAndGet()), NAMES);
                    }
                },
                DatasetContract::repeatable,
                "training images");
        requireFound(
                () -> new Dots() {
                    @Override
                    public Dataset open(DatasetConfig config) {
                        return dataset(images(8), opened.getAndIncrement() % 2 == 0 ? NAMES : List.of());
                    }
                },
                DatasetContract::repeatable,
                "left above");
    }

    @Test
    @DisplayName("finds labels that have no name, where others have one")
    void names() {
        requireFound(
                () -> new Dots() {
                    @Override
                    public Dataset open(DatasetConfig config) {
                        return dataset(images(8), NAMES.subList(0, 3));
                    }
                },
                DatasetContract::names,
                "classes named");
    }

    private static void requireFound(Supplier<DatasetProvider> wrong, Consumer<DatasetContract> test, String expected) {
        DatasetContract contract = new DatasetContract() {
            @Override
            protected DatasetProvider provider() {
                return wrong.get();
            }
        };
        AssertionError found = assertThrows(AssertionError.class, () -> test.accept(contract));
        assertTrue(found.getMessage().contains(expected), found.getMessage());
    }
}
