package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
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
    static final ExperimentSchema SCHEMA = new ExperimentSchema(
            Set.of("dl4j", "djl", "reference"),
            Set.of("mnist", "idx"),
            PartCatalog.load(PartCatalog.class.getClassLoader()));

    /** The rules of those, where idx needs a path that mnist does not take. */
    static final ExperimentRules RULES = new ExperimentRules(SCHEMA, ExperimentFolder::checkDataset);

    private static final ExperimentLoader LOADER = new ExperimentLoader(RULES);

    private static List<Problem> checkDataset(DatasetConfig dataset) {
        boolean takesPath = dataset.name().equals("idx");
        if (takesPath == (dataset.path() != null)) {
            return List.of();
        }
        return List.of(
                takesPath
                        ? new Problem("dataset.path", "nothing", "the folder of the IDX files", "add this key")
                        : Problem.of("dataset.path", dataset.path(), "no path"));
    }

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
