package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An experiment file with random changes")
class MutatedFilesTest {
    private static final Path BROKEN = Path.of("src/test/resources/dev/vaelab/experiment/file/broken");
    private static final String PIECES = "{}[]:,\"'\\\n\t #-+.0159eE!&*|>?%@`~<null\u0000\u0001\u00a0\u201cxy";
    private static final int ROUNDS = 40;

    @TempDir
    private Path temporary;

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.experiment.file.BrokenFilesTest#files")
    @DisplayName("is read or has problems, each in one line, and breaks nothing")
    void breaksNothing(String name) throws IOException {
        Random random = new Random(name.hashCode());
        String original = Files.readString(BROKEN.resolve(name));
        ExperimentFolder folder = new ExperimentFolder(temporary);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutate(original, random);
            folder.with(name, text);
            for (Problem problem : assertDoesNotThrow(() -> problems(folder, name), () -> "reading " + text)) {
                assertTrue(problem.toString().matches("\\P{Cntrl}+"), () -> problem + " of " + text);
                assertTrue(problem.place().startsWith(temporary + "/" + name + ":"), problem::place);
            }
        }
    }

    private static List<Problem> problems(ExperimentFolder folder, String name) {
        try {
            folder.load(name, List.of(), Optional.empty());
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int change = random.nextInt(4); change >= 0 && mutated.length() > 1; change--) {
            int place = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(place);
                case 1 -> mutated.insert(place, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> mutated.setCharAt(place, PIECES.charAt(random.nextInt(PIECES.length())));
                default -> mutated.setLength(place);
            }
        }
        return mutated.toString();
    }
}
