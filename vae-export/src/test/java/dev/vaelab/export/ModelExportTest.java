package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.export.TrainedModels.Trained;
import dev.vaelab.export.graph.ExportedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The folder of an export")
final class ModelExportTest {
    private static final ImageShape IMAGE = new ImageShape(1, 8, 8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @DisplayName("has the same bytes whenever it is written, and is listed with checksums")
    void deterministic(ExportFormat format) throws IOException {
        ModelExport export = new ModelExport(recipe().exported(), Optional.empty());
        List<ExportedFile> first = export.write(format, folder.resolve("first"));
        assertEquals(first, export.write(format, folder.resolve("below/second")));
        for (ExportedFile file : first) {
            Path written = folder.resolve("first").resolve(file.file());
            assertEquals(Files.size(written), file.bytes());
            assertEquals(64, file.sha256().length());
        }
        assertEquals(
                switch (format) {
                    case ONNX -> List.of("decoder.onnx", "encoder.onnx");
                    case TORCHSCRIPT ->
                        List.of(
                                "decoder/decoder.pt",
                                "decoder/serving.properties",
                                "encoder/encoder.pt",
                                "encoder/serving.properties");
                    case HUGGINGFACE ->
                        List.of("README.md", "config.json", "experiment.json", "model.safetensors", "modeling_vae.py");
                },
                first.stream().map(ExportedFile::file).toList());
    }

    @Test
    @DisplayName("takes the place of an empty one, and of nothing else")
    void occupied() throws IOException {
        ModelExport export = new ModelExport(recipe().exported(), Optional.empty());
        Path target = Files.createDirectory(folder.resolve("target"));
        export.write(ExportFormat.ONNX, target);
        Files.delete(target.resolve("encoder.onnx"));
        assertEquals(
                target + ": found a folder with files in it, expected a new or empty folder; nothing is ever"
                        + " overwritten: name another folder",
                refusal(export, target));
        assertFalse(Files.exists(target.resolve("encoder.onnx")));
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertEquals(file + ": found a file, expected a new or empty folder", refusal(export, file));
        assertEquals(
                "output folder " + file.resolve("below")
                        + ": found one below the file file, expected a new or empty folder",
                refusal(export, file.resolve("below")));
    }

    private static String refusal(ModelExport export, Path target) {
        return assertThrows(InvalidInputException.class, () -> export.write(ExportFormat.ONNX, target))
                .problems()
                .get(0)
                .toString();
    }

    @Test
    @DisplayName("says in ONNX and in TorchScript of which run and data the model is, and what it takes and gives")
    void facts() throws Exception {
        ModelExport export = new ModelExport(recipe().exported(), Optional.empty());
        export.write(ExportFormat.ONNX, folder.resolve("onnx"));
        Map<String, String> facts = OnnxRuntime.facts(folder.resolve("onnx/encoder.onnx"));
        assertEquals("exported", facts.get("name"));
        assertEquals("mnist", facts.get("dataset"));
        assertEquals("bce", facts.get("likelihood"));
        assertEquals("1x8x8", facts.get("image"));
        assertTrue(facts.get("producer").startsWith("vaelab"), facts.toString());
        export.write(ExportFormat.TORCHSCRIPT, folder.resolve("torchscript"));
        try (ZipFile archive =
                new ZipFile(folder.resolve("torchscript/encoder/encoder.pt").toFile())) {
            byte[] json = archive.getInputStream(archive.getEntry("encoder/extra/vaelab.json"))
                    .readAllBytes();
            assertEquals(facts, JsonText.read(new String(json, StandardCharsets.UTF_8), Map.class));
        }
    }

    @Test
    @DisplayName(
            "has TorchScript archives whose entries lie as PyTorch maps them into memory, with the canonical names")
    void archive() throws IOException {
        new ModelExport(recipe().exported(), Optional.empty()).write(ExportFormat.TORCHSCRIPT, folder.resolve("t"));
        Path file = folder.resolve("t/decoder/decoder.pt");
        byte[] bytes = Files.readAllBytes(file);
        List<String> names = new ArrayList<>();
        try (ZipFile archive = new ZipFile(file.toFile())) {
            for (ZipEntry entry : archive.stream().toList()) {
                names.add(entry.getName());
                assertEquals(ZipEntry.STORED, entry.getMethod());
                byte[] content = archive.getInputStream(entry).readAllBytes();
                assertEquals(0, positionOf(content, entry, bytes) % 64, entry.getName());
            }
            String source = new String(
                    archive.getInputStream(archive.getEntry("decoder/code/__torch__.py"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertTrue(source.contains("self.deconv2.weight"), source);
        }
        assertTrue(
                names.containsAll(List.of("decoder/data.pkl", "decoder/data/0", "decoder/version")), names::toString);
        assertEquals(
                "# For DJL Serving, and for DJL's Criteria.\nengine=PyTorch\noption.modelName=decoder\n",
                Files.readString(folder.resolve("t/decoder/serving.properties")));
    }

    /** Behind the header of the entry: 30 bytes, the name, the field that pads. */
    private static int positionOf(byte[] content, ZipEntry entry, byte[] archive) {
        byte[] name = entry.getName().getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < archive.length; start++) {
            if (archive[start] == 'P'
                    && archive[start + 1] == 'K'
                    && archive[start + 2] == 3
                    && archive[start + 3] == 4) {
                int nameBytes = archive[start + 26] & 0xff | (archive[start + 27] & 0xff) << 8;
                int extraBytes = archive[start + 28] & 0xff | (archive[start + 29] & 0xff) << 8;
                if (new String(archive, start + 30, nameBytes, StandardCharsets.UTF_8).equals(entry.getName())) {
                    int position = start + 30 + name.length + extraBytes;
                    assertArrayEquals(content, Arrays.copyOfRange(archive, position, position + content.length));
                    return position;
                }
            }
        }
        throw new AssertionError("no entry " + entry);
    }

    @Test
    @DisplayName("has for Hugging Face the weights under their canonical names, and every layer")
    void weights() throws IOException {
        Trained trained = recipe();
        new ModelExport(trained.exported(), Optional.empty()).write(ExportFormat.HUGGINGFACE, folder.resolve("hub"));
        Safetensors read = Safetensors.read(folder.resolve("hub/model.safetensors"));
        assertEquals("pt", read.metadata().get("format"));
        assertEquals(trained.request().weights().names(), read.tensors().names());
        assertArrayEquals(
                trained.request().weights().values("encoder.bn1.running_var"),
                read.tensors().values("encoder.bn1.running_var"));
        Map<?, ?> config = JsonText.read(Files.readString(folder.resolve("hub/config.json")), Map.class);
        List<?> layers = (List<?>) ((Map<?, ?>) config.get("encoder")).get("layers");
        assertEquals(
                Map.of(
                        "type",
                        "convolution",
                        "name",
                        "encoder.conv1",
                        "in",
                        1,
                        "out",
                        4,
                        "kernel",
                        4,
                        "stride",
                        2,
                        "padding",
                        1),
                layers.get(0));
        assertEquals(trained.exported().architecture().encoder().layers().size(), layers.size());
    }

    @Test
    @DisplayName("has for Hugging Face a card with the figures of the run, their protocol, and its pictures")
    void card() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "djl", 1, 2, 101.25);
        SampleRuns.estimate(run, "test");
        List<ExportedFile> files = new ModelExport(recipe().exported(), Optional.of(run))
                .write(ExportFormat.HUGGINGFACE, folder.resolve("hub"));
        assertTrue(
                files.stream()
                        .map(ExportedFile::file)
                        .toList()
                        .containsAll(List.of("images/samples.png", "images/reconstructions.png")),
                files::toString);
        String card = Files.readString(folder.resolve("hub/README.md"));
        assertTrue(card.startsWith("---\nlicense: unknown\n"), card);
        assertTrue(card.contains("\ndatasets:\n- ylecun/mnist\n"), card);
        assertTrue(card.contains("value: 101.25\n"), card);
        assertTrue(
                card.contains(
                        "| negative ELBO | 101.25 nats per image | test | bce, one latent of each image, test images of mnist |"),
                card);
        assertTrue(
                card.contains("| negative log-likelihood | 90.50 ± 0.50 nats per image | test | bce on mnist"), card);
        assertTrue(card.contains("K 10"), card);
        assertTrue(card.contains("](images/samples.png)"), card);
    }

    @Test
    @DisplayName("has a card that no name of a class takes over")
    void hostileName() throws IOException {
        ExportedModel model = recipe().exported();
        ExportedModel hostile = new ExportedModel(
                model.config(),
                model.architecture(),
                model.objective(),
                model.weights(),
                List.of(SampleRuns.HOSTILE, "\n---\n# x | [y](z)"));
        new ModelExport(hostile, Optional.empty()).write(ExportFormat.HUGGINGFACE, folder.resolve("hub"));
        String card = Files.readString(folder.resolve("hub/README.md"));
        assertTrue(card.contains("| classes | &lt;/script\\>"), card);
        assertFalse(card.contains("<script"), card);
        assertFalse(card.contains("\n# x"), card);
        assertFalse(card.contains("[y](z)"), card);
    }

    private Trained recipe() throws IOException {
        return TrainedModels.of(folder, IMAGE, 0, "\"model\": {\"latent\": 3, \"channels\": [4, 5], \"hidden\": 7}");
    }
}
