package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the program prints")
final class OutputTest {
    private static final File FULL_DISK = new File("/dev/full");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "runs", "train tiny.json --print-config"})
    @DisplayName("is written, or the exit code is 1 and a line says so")
    void fullDisk(String command) throws Exception {
        requireNotWritten(onFullDisk(command.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "train --help",
                "completion",
                "completion --json",
                "schema",
                "backends",
                "datasets --json",
                "validate ./tiny.json",
                "validate ./tiny.json --json"
            })
    @DisplayName("is written by every other command, too, or the exit code is 1 and a line says so")
    void fullDiskOfOthers(String command) throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        requireNotWritten(InProcess.in(folder).runOnFullDisk(command.split(" ")));
    }

    private static void requireNotWritten(Outcome outcome) {
        assertEquals("error: standard output cannot be written to (No space left on device)", outcome.errors());
        assertEquals(1, outcome.exitCode());
    }

    @Test
    @DisplayName(
            "is written by the commands that use an engine, too; explore ends at once if nobody learns its address")
    void fullDiskOfEngines() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        Outcome trained = onFullDisk("train", "tiny.json", "--out", "run");
        assertEquals(1, trained.exitCode());
        assertTrue(trained.errors().contains("cannot be written to (No space left on device)"), trained.errors());
        for (String command : List.of(
                "evaluate ./run",
                "generate ./run --image ./picture.png",
                "encode ./run --out ./latents.csv --json",
                "report ./run",
                "diff ./run ./run",
                "parity ./tiny.json --backends reference,djl --steps 1 --json",
                "explore ./run --port 0")) {
            Outcome outcome = InProcess.in(folder).runOnFullDisk(command.split(" "));
            assertEquals(1, outcome.exitCode(), command);
            assertTrue(outcome.errors().contains("cannot be written to (No space left on device)"), outcome.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --json",
                "train nothing.json --json",
                "train ./tiny.json other.json --json",
                "train ./tiny.json --out --json",
                "train ./tiny.json --foo --json",
                "train ./tiny.json --backend pytorch --json",
                "train ./tiny.json --set model.latent=0 --set model.hiden=3 --json",
                "trian ./tiny.json --json",
                "sweep ./tiny.json --jobs x --json",
                "compare --resume nothing --json",
                "bench --duration soon --json",
                "evaluate nothing --json",
                "evaluate --config ./tiny.json --weights ./tiny.json --json",
                "explore nothing --port 70000 --json",
                "diff nothing --json"
            })
    @DisplayName(
            "is one JSON object where something is wrong, with each problem's place, and the text for people beside it")
    void errorsAsJson(String command) {
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertEquals(1, outcome.output().lines().count(), outcome.output());
        assertFalse(((String) outcome.json().get("error")).isEmpty());
        List<?> problems = (List<?>) outcome.json().get("problems");
        assertFalse(problems.isEmpty(), outcome.output());
        for (Object problem : problems) {
            Map<?, ?> parts = (Map<?, ?>) problem;
            assertEquals(List.of("place", "found", "expected", "advice"), List.copyOf(parts.keySet()));
            assertFalse(((String) parts.get("place")).isEmpty(), outcome.output());
            assertFalse(((String) parts.get("found")).isEmpty(), outcome.output());
        }
        assertTrue(outcome.errors().startsWith("error: "), outcome.errors());
    }

    @Test
    @DisplayName("shows twenty of ten thousand problems and how many there are, and JSON has them all")
    void manyProblems() throws Exception {
        String keys = IntStream.range(0, 10_000)
                .mapToObj(key -> "\"unknown" + key + "\": 1")
                .collect(Collectors.joining(",\n  "));
        Files.writeString(
                folder.resolve("many.json"),
                Files.readString(folder.resolve("tiny.json")).replaceFirst("\\{", "{\n  " + keys + ","));
        Outcome validated = Program.run(folder, "validate", "many.json", "--json");
        List<String> lines = validated.errors().lines().toList();
        assertEquals("many.json: not valid, 10000 problems", lines.get(0));
        assertEquals(22, lines.size());
        assertEquals("  and 9980 problems more", lines.get(21));
        Map<?, ?> file = (Map<?, ?>) ((List<?>) validated.json().get("files")).get(0);
        assertEquals(10_000, ((List<?>) file.get("problems")).size());

        Outcome trained = Program.run(folder, "train", "many.json");
        assertEquals(2, trained.exitCode());
        assertEquals(22, trained.errors().lines().count(), trained.errors());
        assertTrue(trained.errors().startsWith("error: 10000 problems\n"), trained.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=ar -Duser.country=EG",
                "-Duser.language=fa -Duser.country=IR",
                "-Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai"
            })
    @DisplayName("has ASCII digits in every locale, files and picocli's messages included")
    void locales(String options) throws Exception {
        Outcome trained = Program.await(
                inLocale(options, Program.prepare(folder, "train", "tiny.json", "--out", "run", "--progress=PLAIN")));
        assertEquals(0, trained.exitCode(), trained.errors());
        Outcome others = Program.await(inLocale(
                options,
                Program.sequence(
                        folder,
                        "runs .",
                        "diff run run",
                        "evaluate run --split VALIDATION",
                        "train tiny.json a b c d e f g h i j k",
                        "sweep tiny.json --jobs x")));
        // Of the last two, which are wrong.
        assertEquals(2, others.exitCode(), others.errors());
        assertFalse(others.errors().contains("ended with exit code 1"), others.errors());
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : List.of(trained, others)) {
            text.append(outcome.output()).append(outcome.errors());
        }
        for (String file : List.of("metrics.jsonl", "provenance.json", "result.json", "report.html", "log.txt")) {
            text.append(Files.readString(folder.resolve("run").resolve(file)));
        }
        // Reports say in their scripts what other scripts are; their figures are written by this program.
        assertEquals(
                "",
                text.codePoints()
                        .filter(character -> Character.isDigit(character) && character > '9')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()));
        assertTrue(text.toString().contains("epoch 2/2  train "), text.toString());
    }

    @Test
    @DisplayName("shows control characters of names, files and options and obeys none, in text and in JSON")
    void controlCharacters() throws Exception {
        String nasty = "a\u001b[31m\u0007\u0085\u009b2J\u202e\u2028\u2066\u200f\rb\nerror: c";
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(nasty),
                "this locale has no such names");
        TinyExperiment.writeForAnyFolder(folder);
        Path named = folder.resolve(nasty + ".json");
        Files.copy(folder.resolve("tiny.json"), named);
        Files.writeString(
                folder.resolve("values.json"),
                Files.readString(folder.resolve("tiny.json"))
                        .replace("\"tiny\"", "\"\\u001b[2J\\u0085\\u202e\"")
                        .replace("\"seed\"", "\"s\u009b\u2028eed\""));
        List<Outcome> outcomes = new ArrayList<>();
        // Two processes, and what prints in the same way within this one.
        outcomes.add(Program.run(folder, "train", named.getFileName().toString(), "--out", nasty));
        outcomes.add(Program.run(folder, nasty));
        for (List<String> command : List.of(
                List.of("runs", folder.toString()),
                List.of("evaluate", "./" + nasty),
                List.of("diff", "./" + nasty, "./" + nasty),
                List.of("validate", "./values.json", "./" + named.getFileName()),
                List.of("validate", "./values.json", "--set", nasty),
                List.of("train", "./tiny.json", "--set", nasty, "--json"),
                List.of("train", "./tiny.json", "--" + nasty),
                List.of("train", nasty, "--json"),
                List.of("train", "./tiny.json", "--progress", nasty, "--json"))) {
            outcomes.add(InProcess.in(folder).run(command.toArray(String[]::new)));
        }
        for (Outcome outcome : outcomes) {
            String text = outcome.output() + outcome.errors();
            assertEquals(
                    "",
                    text.codePoints()
                            .filter(OutputTest::isObeyed)
                            .mapToObj(Integer::toHexString)
                            .collect(Collectors.joining(" ")),
                    text);
            assertFalse(text.contains("\nerror: c"), text);
        }
        assertFalse(Files.readString(folder.resolve(nasty).resolve("log.txt"))
                .codePoints()
                .anyMatch(OutputTest::isObeyed));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80})
    @DisplayName("fits the terminal, and the most important comes first")
    void fits(int columns) throws Exception {
        assumeTrue(Program.hasTerminals(), "no terminal: this test needs Linux' script");
        TinyExperiment.writeForAnyFolder(folder);
        List<String> lines = new ArrayList<>();
        for (String command : List.of(
                "train tiny.json --out run --progress=plain",
                "runs .",
                "diff run run",
                "evaluate run",
                "train nothing.json",
                "validate tiny.json --set model.latent=0 --set training.epochs=ten")) {
            ProcessBuilder terminal = Program.onTerminal(columns, folder, command.split(" "));
            terminal.environment().put("VAE_TERMINAL", "1");
            terminal.environment().put("VAE_OUTPUT_TERMINAL", "1");
            lines.addAll(Program.await(terminal).output().lines().toList());
        }
        // What names no file is as wide within this process.
        for (String command : List.of("compare --help", "parity ./tiny.json --backends reference,djl --steps 2")) {
            Outcome outcome = InProcess.in(folder).runOnColumns(columns, command.split(" "));
            assertEquals(0, outcome.exitCode(), outcome.errors());
            lines.addAll(outcome.output().lines().toList());
            lines.addAll(outcome.errors().lines().toList());
        }
        lines.forEach(line -> assertTrue(line.length() <= columns, line));
        assertTrue(lines.stream().anyMatch(line -> line.matches("run +validation +total.*")), String.join("\n", lines));
    }

    /** Whether a terminal would do something else with a character than show it. */
    static boolean isObeyed(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) && character != '\n' && character != '\t'
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static ProcessBuilder inLocale(String options, ProcessBuilder program) {
        program.command().addAll(1, List.of(options.split(" ")));
        return program;
    }

    private Outcome onFullDisk(String... command) throws Exception {
        assumeTrue(FULL_DISK.exists(), "this system has no /dev/full");
        Path errors = folder.resolve("errors.txt");
        Process process = Program.prepare(folder, command)
                .redirectOutput(FULL_DISK)
                .redirectError(errors.toFile())
                .start();
        return new Outcome(process.waitFor(), "", Files.readString(errors).strip());
    }
}
