package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The commands that look into the latent space of a run:")
final class LatentSpaceCommandsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void trainAndPrintScript() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        Outcome trained = InProcess.in(folder).run("train", "./tiny.json", "--out", "./run");
        assertEquals(0, trained.exitCode(), trained.errors());
        Outcome script = InProcess.in(folder).run("completion");
        assertEquals(0, script.exitCode(), script.errors());
        Files.writeString(folder.resolve("completion.bash"), script.output());
    }

    @Test
    @DisplayName("encode writes a row for each image of a split, says so in JSON, and replaces an earlier table")
    void encode() throws Exception {
        Path table = Files.writeString(folder.resolve("table.csv"), "old");
        Outcome outcome = InProcess.in(folder).run("encode", "./run", "--out", "./table.csv", "--json");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(
                "{\"file\":\"table.csv\",\"weights\":\"run/checkpoints/best.safetensors\",\"backend\":\"reference\","
                        + "\"dataset\":\"idx\",\"split\":\"test\",\"images\":8,\"latent\":2}",
                outcome.output());
        List<String> test = Files.readAllLines(table);
        assertEquals("index,label,mean_1,mean_2,deviation_1,deviation_2,class", test.get(0));
        assertEquals(9, test.size());
        assertTrue(test.get(8).startsWith("7,0,"), test.get(8));

        Outcome other = InProcess.in(folder).run("encode", "./run", "--out", "./table.csv", "--split", "validation");
        assertEquals(0, other.exitCode(), other.errors());
        assertEquals("table: table.csv (8 validation images)", other.output());
        List<String> validation = Files.readAllLines(table);
        assertEquals(9, validation.size());
        assertNotEquals(test, validation);
        InProcess.in(folder).run("encode", "./run", "--out", "./train.csv", "--split", "train");
        assertEquals(41, Files.readAllLines(folder.resolve("train.csv")).size());
    }

    @Test
    @DisplayName("encode takes another data set of the same shape, and any engine")
    void otherData() throws Exception {
        Path images = Files.createDirectory(folder.resolve("other"));
        for (String file : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            Files.copy(folder.resolve("images").resolve(file), images.resolve(file));
        }
        byte[] pixels = new byte[3 * 64];
        Arrays.fill(pixels, 64, 128, (byte) 255);
        Files.write(
                images.resolve("t10k-images-idx3-ubyte"),
                ByteBuffer.allocate(16 + pixels.length)
                        .putInt(0x0803)
                        .putInt(3)
                        .putInt(8)
                        .putInt(8)
                        .put(pixels)
                        .array());
        Files.write(
                images.resolve("t10k-labels-idx1-ubyte"),
                ByteBuffer.allocate(8 + 3)
                        .putInt(0x0801)
                        .putInt(3)
                        .put(new byte[] {4, 5, 4})
                        .array());
        Outcome outcome = InProcess.in(folder)
                .run("encode", "./run", "--out", "./other.csv", "--set", "dataset.path=./other", "--backend", "djl");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        List<String> rows = Files.readAllLines(folder.resolve("other.csv"));
        assertEquals(4, rows.size());
        assertTrue(rows.get(2).startsWith("1,5,"), rows.get(2));
        assertEquals(rows.get(1).substring(2), rows.get(3).substring(2), "the same image twice");
        assertNotEquals(rows.get(1).substring(4), rows.get(2).substring(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encode ./run --out ./nowhere/a.csv | --out nowhere/a.csv: found a file that cannot be written (no such file),"
                        + " expected a folder that can be written to",
                "encode ./nowhere --out ./a.csv | nowhere: found nothing, expected the folder of a run;"
                        + " train prints where its run folder is",
                "explore ./nowhere | nowhere: found nothing, expected the folder of a run;"
                        + " train prints where its run folder is",
                "explore ./run --port 70000 | --port: found 70000, expected a whole number from 0 to 65535,"
                        + " 0 for any free port",
                "explore ./run --backends djl,djl | --backends: found djl,djl, expected each backend once"
            })
    @DisplayName("what is asked for wrongly gets a reason and exit code 2")
    void wrong(String command, String reason) throws Exception {
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        assertEquals(new Outcome(2, "", "error: " + reason), outcome);
    }

    @Test
    @DisplayName("explore says where it is, refuses a port that another one has, and ends without a word when asked to")
    void explore() throws Exception {
        try (Explorer explorer = Explorer.start(folder, "run")) {
            assertEquals("run", explorer.announced().get("run"));
            assertEquals(List.of("reference"), explorer.announced().get("backends"));
            int port = explorer.page().getPort();
            Outcome second = InProcess.in(folder).run("explore", "./run", "--port", Integer.toString(port));
            assertEquals(2, second.exitCode());
            assertEquals(
                    "error: --port " + port + ": found a port that cannot be had (Address already in use),"
                            + " expected a free one; name another, or 0 for any free port",
                    second.errors());
            assertEquals("", explorer.end());
        }
    }

    @Test
    @DisplayName("says what it is doing before it has an address, and how it ends")
    void tellsWhatItDoes() throws Exception {
        try (RunningProgram explorer = RunningProgram.start(Program.prepare(folder, "explore", "run", "--port", "0"))) {
            explorer.awaitMessage("open it in a browser");
            explorer.signal("TERM");
            assertEquals("""
                    reading the images of run
                    loading engine reference
                    test images are encoded for the map; then the page has an address
                    open it in a browser on this machine; Ctrl-C ends it""", explorer.end().errors());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "expl, explore",
        "generate --cou, --count",
        "encode run --split v, validation",
        "evaluate --backend d, djl dl4j"
    })
    @DisplayName("the script of completion lets bash complete commands, options and their values, under either name")
    void completion(String typed, String completed) throws Exception {
        for (String name : List.of("vae", "./vae")) {
            // What bash does when Tab is pressed: it looks the function up by the name without folders, and calls it.
            Outcome bash = Program.await(
                    new ProcessBuilder("bash", "--norc", "-c", """
                            source completion.bash
                            read -r -a COMP_WORDS <<< "$1 $2"
                            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                            COMP_LINE="$1 $2"
                            COMP_POINT=${#COMP_LINE}
                            specification=$(complete -p "${1##*/}")
                            [[ $specification =~ -F\\ ([^ ]+) ]]
                            "${BASH_REMATCH[1]}"
                            echo "${COMPREPLY[@]}"
                            """, "bash", name, typed).directory(folder.toFile()));
            assertEquals(completed, bash.output().strip().replaceAll("\\s+", " "), bash.errors());
            assertFalse(bash.errors().contains("error"), bash.errors());
        }
    }
}
