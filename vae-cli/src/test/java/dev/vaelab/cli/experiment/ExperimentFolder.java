package dev.vaelab.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.ExperimentConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder with experiment files of a test, where backends djl, dl4j and reference and data sets idx and mnist exist.
 *
 * @param folder where the files are
 */
record ExperimentFolder(Path folder) {
    static final ExperimentSchema SCHEMA =
            new ExperimentSchema(Set.of("dl4j", "djl", "reference"), Set.of("mnist", "idx"));

    private static final ExperimentLoader LOADER = new ExperimentLoader(SCHEMA);

    /** Writes a file. */
    ExperimentFolder with(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The experiment of a file that is right. */
    ExperimentConfig config(String name, String... overrides) {
        return load(name, List.of(overrides), Optional.empty()).config();
    }

    /** Loads a file. */
    LoadedExperiment load(String name, List<String> overrides, Optional<String> backend) {
        return LOADER.load(folder.resolve(name), overrides, backend);
    }

    /** What is printed of a file that is wrong, without the way to the folder. */
    String problems(String name, String... overrides) {
        return problems(name, List.of(overrides), Optional.empty());
    }

    /** What is printed of a file that is wrong or gets wrong options, without the way to the folder. */
    String problems(String name, List<String> overrides, Optional<String> backend) {
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> load(name, overrides, backend), name);
        return failure.problems().stream()
                .map(problem -> problem + "\n")
                .collect(Collectors.joining())
                .replace(folder + "/", "");
    }
}
