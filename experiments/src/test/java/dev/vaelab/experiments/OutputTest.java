package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.cli.command.VaeCommand;
import dev.vaelab.experiment.comparison.ComparisonFolder;
import dev.vaelab.experiment.comparison.ComparisonPlan;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiments.InProcess.Workplace;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("What the program prints")
final class OutputTest {
    private static final File FULL_DISK = new File("/dev/full");

    /** Looks as far as a terminal obeys it: the colour red, a bell, C1 controls, directions of writing, ends of lines. */
    private static final String NASTY =
            "a\u001b[31m\u0007\u0085\u009b2J\u061c\u202e\u2028\u2066\u200f\ufeff\rb\nerror: c";

    @TempDir
    private static Path folder;

    private static Workplace here;

    @BeforeAll
    static void train() throws IOException {
        SoundRun sound = SoundRun.train(folder);
        here = InProcess.in(folder);
        Path experiment = folder.resolve("tiny.json");
        Files.writeString(
                experiment, Files.readString(experiment).replace("\"images\"", "\"" + folder.resolve("images") + "\""));
        Path grid = Files.writeString(
                folder.resolve("grid.json"),
                "{\"name\": \"one\", \"experiment\": \"tiny.json\", \"grid\": {\"seed\": [7]}}");
        // A sweep and a comparison whose runs are finished start no process of their own.
        Laboratory laboratory = Laboratory.open();
        SweepFolder sweep = new SweepFolder(Files.createDirectory(folder.resolve("sweep")));
        sweep.write(Sweep.of(laboratory.sweeps().load(grid, List.of(), Optional.empty())));
        sound.copyTo(sweep.path().resolve("seed=7"));
        ComparisonFolder comparison = new ComparisonFolder(Files.createDirectory(folder.resolve("comparison")));
        comparison.begin(new ComparisonPlan(
                laboratory
                        .loader()
                        .load(experiment, List.of(), Optional.empty())
                        .config(),
                List.of("reference", "djl"),
                List.of(7L),
                0.5,
                0));
        sound.copyTo(comparison.path().resolve("reference-seed7"));
        sound.copyTo(comparison.path().resolve("djl-seed7"));
        here.succeed("encode", "./sound", "--out", "./latents.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "help",
                "help train",
                "train --help",
                "completion",
                "completion --json",
                "schema",
                "schema --json",
                "schema --sweep",
                "backends",
                "backends --json",
                "datasets",
                "datasets --json",
                "validate ./tiny.json",
                "validate ./tiny.json --json",
                "validate ./tiny.json --set model.latent=0 --json",
                "runs .",
                "runs . --json",
                "diff ./sound ./sound",
                "diff ./sound ./sound --json",
                "train ./tiny.json --print-config",
                "train ./tiny.json --print-config --json",
                "train ./tiny.json --out ./run --quiet",
                "train ./tiny.json --out ./run-json --quiet --json",
                "train --resume ./sound --quiet --json",
                "evaluate ./sound",
                "evaluate ./sound --json",
                "generate ./sound --image ./picture.png --seed 1",
                "generate ./sound --image ./picture.png --json",
                "reconstruct ./sound --image ./picture.png",
                "reconstruct ./sound --image ./picture.png --json",
                "encode ./sound --out ./table.csv",
                "encode ./sound --out ./table.csv --json",
                "decode ./sound ./latents.csv --image ./picture.png",
                "decode ./sound ./latents.csv --image ./picture.png --json",
                "report ./sound",
                "report ./sound --json",
                "parity ./tiny.json --backends reference,djl --steps 1",
                "parity ./tiny.json --backends reference,djl --steps 1 --json",
                "compare --resume ./comparison",
                "compare --resume ./comparison --json",
                "sweep --resume ./sweep",
                "sweep --resume ./sweep --json",
                "bench ./tiny.json --backends reference --batch 4 --threads 1 --turns 1 --duration 0.01s --out ./b --json",
                "explore ./sound --port 0",
                "explore ./sound --port 0 --json",
                // What is wrong is written for scripts, and that fails, too.
                "train nothing.json --json"
            })
    @DisplayName("is written, or the exit code is not 0 and a line says so; explore ends, as nobody learns its address")
    void fullDisk(String command) {
        Outcome outcome = here.runOnFullDisk(command.split(" "));
        String last = outcome.errors().lines().reduce((before, after) -> after).orElse("");
        assertEquals("error: standard output cannot be written to (No space left on device)", last, outcome.errors());
        assertEquals(command.contains("nothing") ? 2 : 1, outcome.exitCode(), outcome.errors());
    }

    @Test
    @DisplayName("is missed on the full disk of a process, too")
    void fullDiskOfProcess() throws Exception {
        assumeTrue(FULL_DISK.exists(), "this system has no /dev/full");
        Path errors = folder.resolve("errors.txt");
        Process process = Program.prepare(folder, "--version")
                .redirectOutput(FULL_DISK)
                .redirectError(errors.toFile())
                .start();
        assertEquals(1, process.waitFor());
        assertEquals(
                "error: standard output cannot be written to (No space left on device)",
                Files.readString(errors).strip());
    }

    /** Each command with an option that it does not have, and with what it needs missing. */
    private static Stream<String> wrongUsage() {
        return commands()
                .flatMap(name -> Stream.of(name + " --no-such-option --json", "--json " + name + " --no-such-option"));
    }

    private static Stream<String> commands() {
        return new CommandLine(new VaeCommand())
                .getSubcommands().keySet().stream().filter(name -> !name.equals("measure"));
    }

    @ParameterizedTest
    @MethodSource("wrongUsage")
    @ValueSource(
            strings = {
                "--json",
                "trian --json",
                "train --json",
                "train nothing.json --json",
                "train ./tiny.json other.json --json",
                "train ./tiny.json --out --json",
                "train ./tiny.json --backend pytorch --json",
                "train ./tiny.json --set model.latent=0 --set model.hiden=3 --json",
                "train ./tiny.json --progress loud --json",
                "train --resume nothing --json",
                "train --resume ./sound --out ./x --json",
                "evaluate --json",
                "evaluate nothing --json",
                "evaluate ./sound --split all --json",
                "evaluate --config ./tiny.json --weights ./tiny.json --json",
                "generate ./sound --json",
                "generate ./sound --image ./x.gif --json",
                "generate ./sound --count 0 --image ./x.png --json",
                "reconstruct nothing --image ./x.png --json",
                "encode ./sound --json",
                "encode ./sound --out ./nothing/x.csv --json",
                "decode ./sound nothing.csv --image ./x.png --json",
                "report nothing --json",
                "explore nothing --port 70000 --json",
                "explore ./sound --backends a,b,c --json",
                "diff nothing --json",
                "diff ./sound nothing --json",
                "runs nothing --json",
                "parity ./tiny.json --backends djl --json",
                "compare ./tiny.json --backends djl --json",
                "compare --resume nothing --json",
                "sweep ./tiny.json --jobs x --json",
                "sweep ./tiny.json --json",
                "sweep --resume nothing --json",
                "bench --duration soon --json",
                "schema no --json",
                "validate --json"
            })
    @DisplayName(
            "is one JSON object where something is wrong, with each problem's place, and the text for people beside it")
    void errorsAsJson(String command) {
        Outcome outcome = here.run(command.split(" "));
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
        Outcome validated = here.run("validate", "./many.json", "--json");
        List<String> lines = validated.errors().lines().toList();
        assertEquals("many.json: not valid, 10000 problems", lines.get(0));
        assertEquals(22, lines.size());
        assertEquals("  and 9980 problems more", lines.get(21));
        Map<?, ?> file = (Map<?, ?>) ((List<?>) validated.json().get("files")).get(0);
        assertEquals(10_000, ((List<?>) file.get("problems")).size());

        Outcome trained = here.run("train", "./many.json", "--json");
        assertEquals(2, trained.exitCode());
        assertEquals(22, trained.errors().lines().count(), trained.errors());
        assertTrue(trained.errors().startsWith("error: 10000 problems\n"), trained.errors());
        assertEquals(10_000, ((List<?>) trained.json().get("problems")).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai", "my-MM-u-nu-mymr", "ckb-IQ"})
    @DisplayName("has ASCII digits in every locale, files and picocli's messages included")
    void locales(String tag) throws Exception {
        Locale before = Locale.getDefault();
        StringBuilder text = new StringBuilder();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            for (String command : COMMANDS_WITH_NUMBERS) {
                Outcome outcome = here.run(command.replace("RUN", "./" + tag).split(" "));
                assertTrue(outcome.exitCode() != 1, outcome.errors());
                text.append(outcome.output()).append(outcome.errors());
            }
            assertEquals(Locale.forLanguageTag(tag), Locale.getDefault(Locale.Category.FORMAT));
        } finally {
            Locale.setDefault(before);
        }
        requireAsciiDigits(text, folder.resolve(tag));
    }

    private static final List<String> COMMANDS_WITH_NUMBERS = List.of(
            "train ./tiny.json --out RUN --progress=PLAIN",
            "runs .",
            "diff RUN RUN",
            "evaluate RUN",
            "report RUN",
            "generate RUN --image ./generated.png",
            "encode RUN --out ./encoded.csv",
            "parity ./tiny.json --backends reference,djl --steps 1",
            "sweep --resume ./sweep",
            "compare --resume ./comparison",
            "validate ./tiny.json --set model.latent=0 --set training.epochs=ten",
            "train ./tiny.json a b c d e f g h i j k",
            "sweep ./tiny.json --jobs x",
            "evaluate RUN --split VALIDATION");

    @Test
    @DisplayName("has them in a process of such a locale, too, from its first line on")
    void localeOfProcess() throws Exception {
        ProcessBuilder program =
                Program.prepare(folder, "train", "tiny.json", "--out", "thai", "--progress=plain", "--set", "seed=12");
        program.command()
                .addAll(
                        1,
                        List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-ca-buddhist-nu-thai"));
        Outcome outcome = Program.await(program);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        requireAsciiDigits(new StringBuilder(outcome.output()).append(outcome.errors()), folder.resolve("thai"));
    }

    private static void requireAsciiDigits(StringBuilder printed, Path run) throws IOException {
        for (String file : List.of("metrics.jsonl", "provenance.json", "result.json", "report.html", "log.txt")) {
            printed.append(Files.readString(run.resolve(file)));
        }
        // Reports say in their scripts what other scripts are; their figures are written by this program.
        assertEquals(
                "",
                printed.codePoints()
                        .filter(character -> Character.isDigit(character) && character > '9')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()));
        assertTrue(printed.toString().contains("epoch 2/2  train "), printed.toString());
    }

    @Test
    @DisplayName("shows control characters of names, files and options and obeys none, in text and in JSON")
    void controlCharacters() throws Exception {
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(NASTY),
                "this locale has no such names");
        String named = folder.resolve(NASTY + ".json").toString();
        Files.copy(folder.resolve("tiny.json"), Path.of(named));
        String values = Files.writeString(
                        folder.resolve("values.json"),
                        Files.readString(folder.resolve("tiny.json"))
                                .replace("\"tiny\"", "\"\\u001b[2J\\u0085\\u202e\"")
                                .replace("\"seed\"", "\"s\u009b\u2028eed\""))
                .toString();
        String tiny = folder.resolve("tiny.json").toString();
        String sound = folder.resolve("sound").toString();
        String run = folder.resolve(NASTY).toString();
        List<List<String>> commands = new ArrayList<>(List.of(
                List.of("train", named, "--out", run),
                List.of("runs", folder.toString()),
                List.of("runs", NASTY),
                List.of("evaluate", run),
                List.of("evaluate", run, "--split", NASTY),
                List.of("evaluate", "--config", named, "--weights", named),
                List.of("diff", run, run),
                List.of("report", run),
                List.of("explore", run, "--port", "70000"),
                List.of("explore", run, "--backends", NASTY),
                List.of("generate", run, "--image", run),
                List.of("generate", run, "--image", run + ".png"),
                List.of("reconstruct", run, "--image", run + "/" + NASTY + "/x.png"),
                List.of("encode", run, "--out", run),
                List.of("decode", sound, named, "--image", run + ".png"),
                List.of("parity", named, "--backends", "reference," + NASTY),
                List.of("compare", named, "--backends", NASTY + "," + NASTY),
                List.of("compare", "--resume", run),
                List.of("sweep", "--resume", run),
                List.of("sweep", named),
                List.of("bench", named, "--backends", NASTY),
                List.of("bench", named, "--duration", NASTY),
                List.of("schema", NASTY),
                List.of("validate", values, named),
                List.of("validate", values, "--set", NASTY),
                List.of("validate", tiny, "--set", "dataset.path=" + NASTY),
                List.of("validate", tiny, "--set", "\"model." + NASTY + "\"=1"),
                List.of("train", tiny, "--set", NASTY),
                List.of("train", tiny, "--backend", NASTY),
                List.of("train", tiny, "--" + NASTY),
                List.of("train", NASTY),
                List.of(NASTY),
                List.of("help", NASTY),
                List.of("train", tiny, "--progress", NASTY)));
        for (List<String> command : List.copyOf(commands)) {
            commands.add(Stream.concat(command.stream(), Stream.of("--json")).toList());
        }
        for (List<String> command : commands) {
            Outcome outcome = InProcess.run(command.toArray(String[]::new));
            requireNothingToObey(outcome.output() + outcome.errors());
            requireNothingToObey(
                    InProcess.runOnColumns(40, command.toArray(String[]::new)).errors());
        }
        requireNothingToObey(Files.readString(Path.of(run).resolve("log.txt")));
    }

    @Test
    @DisplayName("shows those of classes, of weights and of tables, and obeys none")
    void controlCharactersOfData() throws Exception {
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(NASTY),
                "this locale has no such names");
        Path pictures = folder.resolve("pictures");
        for (String part : List.of("train", "test")) {
            for (String name : List.of(NASTY, "plain")) {
                Path pictureFolder =
                        Files.createDirectories(pictures.resolve(part).resolve(name));
                for (int index = 0; index < 4; index++) {
                    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
                    picture.setRGB(index, 3, 0xffffff);
                    ImageIO.write(
                            picture,
                            "png",
                            pictureFolder.resolve(index + NASTY + ".png").toFile());
                }
            }
        }
        String experiment = Files.writeString(folder.resolve("pictures.json"), """
                {
                  "name": "pictures",
                  "backend": "reference",
                  "dataset": { "name": "images", "path": "PATH", "size": [8, 8], "validation": 2 },
                  "model": { "latent": 2, "channels": [2], "hidden": 4 },
                  "training": { "epochs": 1, "batchSize": 4 }
                }
                """.replace("PATH", pictures.toString()))
                .toString();
        String run = folder.resolve("pictured").toString();
        String table = folder.resolve("classes.csv").toString();
        for (List<String> command : List.of(
                List.of("train", experiment, "--out", run),
                List.of("encode", run, "--out", table),
                List.of("decode", run, table, "--image", folder.resolve("x.png").toString()),
                List.of("report", run),
                List.of("diff", run, folder.resolve("sound").toString()))) {
            Outcome outcome = InProcess.run(command.toArray(String[]::new));
            assertEquals(0, outcome.exitCode(), outcome.errors());
            requireNothingToObey(outcome.output() + outcome.errors());
        }
        Path bad = pictures.resolve("train").resolve(NASTY).resolve("bad" + NASTY + ".png");
        Files.writeString(bad, NASTY);
        Files.writeString(folder.resolve("bad.csv"), "mean_1,\"" + NASTY + "\"\n1,\"" + NASTY + "\"\n");
        for (List<String> command : List.of(
                List.of("train", experiment),
                List.of("decode", run, folder.resolve("bad.csv").toString(), "--image", run + ".png"))) {
            Outcome outcome = InProcess.run(command.toArray(String[]::new));
            assertEquals(2, outcome.exitCode(), outcome.errors());
            requireNothingToObey(outcome.output() + outcome.errors());
        }
        for (int index = 0; index < 30; index++) {
            Files.writeString(bad.resolveSibling(index + "bad" + NASTY + ".png"), NASTY);
        }
        Outcome reported = InProcess.run("report", run);
        assertEquals(0, reported.exitCode(), reported.errors());
        requireNothingToObey(reported.errors());
        assertTrue(reported.errors().endsWith("\n  and 11 problems more"), reported.errors());
        assertEquals(22, reported.errors().lines().count(), "a note, twenty problems and how many more there are");
    }

    private static void requireNothingToObey(String text) {
        assertEquals(
                "",
                text.codePoints()
                        .filter(OutputTest::isObeyed)
                        .mapToObj(Integer::toHexString)
                        .collect(Collectors.joining(" ")),
                text);
        assertFalse(text.contains("\nerror: c"), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80})
    @DisplayName("fits a terminal of so many columns, and the most important comes first")
    void fits(int columns) {
        List<String> lines = new ArrayList<>();
        for (List<String> command : List.of(
                List.of("train", "TINY", "--out", "RUN" + columns, "--progress=plain"),
                List.of("runs", "HERE"),
                List.of("diff", "RUN", "RUN"),
                List.of("evaluate", "RUN"),
                List.of("compare", "--help"),
                List.of("compare", "--resume", "COMPARISON"),
                List.of("sweep", "--resume", "SWEEP"),
                List.of("train", "nothing.json"),
                List.of("validate", "TINY", "--set", "model.latent=0", "--set", "training.epochs=ten"),
                List.of("parity", "TINY", "--backends", "reference,djl", "--steps", "2"))) {
            String[] arguments = command.stream()
                    .map(word -> word.replace(
                                    "TINY", folder.resolve("tiny.json").toString())
                            .replace("RUN", folder.resolve("sound").toString())
                            .replace("COMPARISON", folder.resolve("comparison").toString())
                            .replace("SWEEP", folder.resolve("sweep").toString())
                            .replace("HERE", folder.toString()))
                    .toArray(String[]::new);
            Outcome outcome = InProcess.runOnColumns(columns, arguments);
            lines.addAll(outcome.output().lines().toList());
            lines.addAll(outcome.errors().lines().toList());
        }
        // A path is not broken.
        lines.stream()
                .filter(line -> !line.contains(folder.toString()))
                .forEach(line -> assertTrue(line.length() <= columns, line));
        assertTrue(lines.stream().anyMatch(line -> line.matches("run +validation +total.*")), String.join("\n", lines));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80})
    @DisplayName("asks a terminal for its width")
    void fitsTerminal(int columns) throws Exception {
        assumeTrue(Program.hasTerminals(), "no terminal: this test needs Linux' script");
        ProcessBuilder terminal = Program.onTerminal(columns, folder, "diff", "sound", "sound");
        terminal.environment().put("VAE_TERMINAL", "1");
        terminal.environment().put("VAE_OUTPUT_TERMINAL", "1");
        Outcome outcome = Program.await(terminal);
        assertEquals(0, outcome.exitCode(), outcome.output());
        outcome.output().lines().forEach(line -> assertTrue(line.length() <= columns, line));
        assertTrue(outcome.output().lines().anyMatch(line -> line.length() > columns * 3 / 4), outcome.output());
    }

    /** Whether a terminal would do something else with a character than show it. */
    static boolean isObeyed(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) && character != '\n' && character != '\t'
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
