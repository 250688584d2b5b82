package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.InProcess.Workplace;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("vae export")
final class ExportTest {
    @TempDir
    private static Path folder;

    private static Workplace workplace;

    @BeforeAll
    static void train() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
        workplace = InProcess.in(folder);
        workplace.succeed("train", "./tiny.json", "--out", "./run", "--quiet");
    }

    @Test
    @DisplayName("lists the files that it wrote for scripts, with sizes and checksums, and needs no images")
    void lists() throws Exception {
        Path images = folder.resolve("images");
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(images, elsewhere);
        try {
            Map<?, ?> written = workplace
                    .succeed("export", "./run", "--format", "onnx", "--out", "./onnx", "--json")
                    .json();
            assertEquals("onnx", written.get("format"));
            assertEquals("onnx", written.get("folder"));
            assertEquals("run/checkpoints/best.safetensors", written.get("weights"));
            List<?> files = (List<?>) written.get("files");
            assertEquals(2, files.size());
            Map<?, ?> decoder = (Map<?, ?>) files.get(0);
            assertEquals("decoder.onnx", decoder.get("file"));
            assertEquals(Files.size(folder.resolve("onnx/decoder.onnx")), ((Number) decoder.get("bytes")).longValue());
            assertTrue(((String) decoder.get("sha256")).matches("[0-9a-f]{64}"), decoder.toString());
        } finally {
            Files.move(elsewhere, images);
        }
    }

    @Test
    @DisplayName("writes a model card with the figures of the run, and weights that the program takes back")
    void huggingFace() throws Exception {
        workplace.succeed("export", "./run", "--format", "huggingface", "--out", "./hub");
        double total = (double)
                ((Map<?, ?>) workplace.succeed("evaluate", "./run", "--json").json()).get("total");
        String card = Files.readString(folder.resolve("hub/README.md"));
        assertTrue(card.contains("| negative ELBO | " + String.format(Locale.ROOT, "%.2f", total) + " nats"), card);
        assertTrue(Files.exists(folder.resolve("hub/images/samples.png")));
        assertFalse(Files.readString(folder.resolve("hub/experiment.json")).contains(folder.toString()));
        Outcome again = workplace.succeed(
                "evaluate",
                "--config",
                "./hub/experiment.json",
                "--weights",
                "./hub/model.safetensors",
                "--set",
                "dataset.path=" + folder.resolve("images"),
                "--json");
        assertEquals(total, (double) again.json().get("total"), 1e-9);
    }

    @Test
    @DisplayName("takes weights from elsewhere, and overwrites nothing")
    void weights() throws Exception {
        String[] command = {
            "export",
            "--config",
            "./tiny.json",
            "--weights",
            "./run/checkpoints/best.safetensors",
            "--format",
            "torchscript",
            "--out",
            "./torchscript"
        };
        Outcome first = workplace.succeed(command);
        assertTrue(first.output().startsWith("folder: torchscript (torchscript)\n"), first.output());
        assertTrue(first.output().contains("encoder/serving.properties"), first.output());
        Outcome second = workplace.run(command);
        assertEquals(2, second.exitCode());
        assertEquals(
                "error: torchscript: found a folder with files in it, expected a new or empty folder; nothing is ever"
                        + " overwritten: name another folder",
                second.errors());
    }

    @Test
    @DisplayName("refuses a format that there is not")
    void unknownFormat() {
        Outcome outcome = workplace.run("export", "./run", "--format", "pmml", "--out", "./pmml");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().contains("one of onnx, torchscript, huggingface but"), outcome.errors());
        assertFalse(Files.exists(folder.resolve("pmml")));
    }
}
