package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases are pairs of lines: a text, with | for a line break and >> for a tab, and what is said of it. */
@DisplayName("A text that breaks the rules of its language")
class SyntaxErrorsTest {
    private static final Path CASES = Path.of("src/test/resources/dev/vaelab/experiment/file/syntax");

    @TempDir
    private Path temporary;

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonCases")
    @DisplayName("is explained, if it should be JSON")
    void json(String text, String expected) {
        assertEquals("x.json:" + expected + "\n", explain("x.json", text));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("yamlCases")
    @DisplayName("is explained, if it should be YAML")
    void yaml(String text, String expected) {
        assertEquals("x.yaml:" + expected + "\n", explain("x.yaml", text));
    }

    @Test
    @DisplayName("is located although it cannot be printed")
    void controlCharacters() {
        assertEquals(
                "x.yaml:2:7: found a control character, expected text\n", explain("x.yaml", "seed: 1|name: \u0001"));
        assertEquals(
                "x.yaml:1:8: found text that is not YAML (unexpected character found  (0))\n",
                explain("x.yaml", "name: &"));
    }

    @Test
    @DisplayName("is told from aliases and tags, which YAML has and JSON has not")
    void yamlOnly() {
        assertEquals(
                """
                x.yaml:1:7 name: found the tag !!str, expected a value; tags are not followed, write text in quotes and \
                numbers without
                x.yaml:2:10 backend: found the tag !mine, expected a value; tags are not followed, write text in quotes \
                and numbers without
                x.yaml:3:10 dataset: found the tag !!set, expected a value; tags are not followed, write text in quotes \
                and numbers without
                x.yaml:5:7 loss: found the alias *sizes, expected a value; aliases are not followed, write the value out
                """,
                explain(
                        "x.yaml",
                        "name: !!str x|backend: !mine djl|dataset: !!set {mnist}|model: &sizes {latent: 2}|loss: *sizes"));
    }

    static Stream<Arguments> jsonCases() throws IOException {
        return cases("json.txt");
    }

    static Stream<Arguments> yamlCases() throws IOException {
        return cases("yaml.txt");
    }

    private static Stream<Arguments> cases(String file) throws IOException {
        List<String> lines = Files.readAllLines(CASES.resolve(file));
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(pair ->
                        arguments(lines.get(2 * pair), lines.get(2 * pair + 1).strip()));
    }

    private String explain(String file, String text) {
        return new ExperimentFolder(temporary)
                .with(file, text.replace('|', '\n').replace(">>", "\t"))
                .problems(file);
    }
}
