package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.report.latent.ImageMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of a run")
final class RunReportTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("holds all that the run folder holds, pictures included, and loads nothing")
    void complete() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 20, 97.5);
        PageText page = new PageText(RunReport.read(run).page());
        page.assertWhole();
        Map<String, Object> data = page.data();

        assertEquals("sample", map(data, "config").get("name"));
        assertEquals(
                "OpenBLAS",
                map(map(map(data, "provenance"), "engine"), "details").get("blas"));
        assertEquals(20, list(data, "epochs").size());
        assertEquals(97.5, map(map(data, "result"), "test").get("total"));
        assertEquals(1, map(data, "latent").get("activeUnits"));
        List<?> pictures = list(data, "pictures");
        assertEquals(
                List.of("reconstructions", "samples"),
                pictures.stream()
                        .map(picture -> ((Map<?, ?>) picture).get("name"))
                        .toList());
        assertTrue(pictures.stream()
                .allMatch(picture ->
                        ((Map<?, ?>) picture).get("source").toString().startsWith("data:image/png;base64,")));
    }

    @Test
    @DisplayName(
            "holds the estimates of the likelihood, each with the conditions by which the page sets it apart from others")
    void estimates() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 2, 97.5);
        SampleRuns.estimate(run, "test");
        SampleRuns.estimate(run, "validation");
        PageText page = new PageText(RunReport.read(run).page());
        page.assertWhole();
        assertEquals(
                List.of("bce on mnist (00ff), 2 test images, K 10", "bce on mnist (00ff), 2 validation images, K 10"),
                list(page.data(), "likelihoods").stream()
                        .map(figures -> ((Map<?, ?>) ((Map<?, ?>) figures).get("stamp")).get("conditions"))
                        .toList());
    }

    @Test
    @DisplayName("shows pictures in the order of their meaning, then those that somebody else has put there")
    void orderOfPictures() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 2, 97.5);
        for (String name : List.of("traversals", "interpolations", "another")) {
            Files.copy(run.images().resolve("samples.png"), run.images().resolve(name + ".png"));
        }
        List<Picture> pictures = RunReport.read(run).pictures();
        assertEquals(
                List.of("reconstructions", "samples", "interpolations", "traversals", "another"),
                pictures.stream().map(Picture::name).toList());
        assertTrue(pictures.get(3).caption().endsWith("From the top, by their KL: dimension 1, 2."));
        assertEquals("", pictures.get(4).caption());
    }

    @Test
    @DisplayName(
            "holds the samples of the epochs and the map of the latent space with its thumbnails, unless they are large")
    void samplesAndMap() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 2, 97.5);
        assertEquals(List.of(), RunReport.read(run).samples());
        assertNull(RunReport.read(run).map());

        run.writePicture(run.epochSamples(1), new byte[] {1});
        ImageMap map = new ImageMap(
                ImageMap.Projection.MEANS,
                null,
                5,
                new ImageMap.Thumbnails(28, 28, 1),
                List.of(new ImageMap.Point(3, 7, 0.5, -1)));
        RunFolder.writeText(run.latentMap(), JsonText.line(map));
        run.writePicture(run.latentMapThumbnails(), new byte[] {2});
        RunReport report = RunReport.read(run);
        assertEquals(List.of(new EpochSamples(1, "data:image/png;base64,AQ==")), report.samples());
        assertEquals(new MapOfImages(map, "data:image/png;base64,Ag=="), report.map());

        run.writePicture(run.images().resolve("latent-space.png"), new byte[] {3});
        assertEquals(
                report.pictures(), RunReport.read(run).pictures(), "the page has the map itself, not its picture too");

        run.writePicture(run.latentMapThumbnails(), new byte[2_000_000]);
        assertEquals(new MapOfImages(map, null), RunReport.read(run).map());
    }

    @Test
    @DisplayName("is there before the first epoch: without figures, with provenance and configuration")
    void unfinished() throws IOException {
        RunFolder run = SampleRuns.begin(folder.resolve("run"), "dl4j", "processor");
        PageText page = new PageText(RunReport.read(run).page());
        page.assertWhole();
        assertEquals(List.of(), page.data().get("epochs"));
        assertFalse(page.data().containsKey("result"));
    }

    @Test
    @DisplayName("takes texts as texts, whatever they look like")
    void hostileTexts() throws IOException {
        RunFolder run = SampleRuns.begin(folder.resolve("run"), "dl4j", SampleRuns.HOSTILE);
        String text = RunReport.read(run).page();
        assertFalse(text.contains("<img src=x"));
        assertEquals(3, text.split("</script>", -1).length - 1);
        assertEquals(
                SampleRuns.HOSTILE,
                map(map(new PageText(text).data(), "provenance"), "machine").get("processor"));
    }

    @Test
    @DisplayName("that cannot be written is one warning, and nothing is left behind")
    void unwritable() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "dl4j", 1, 2, 97.5);
        Files.createDirectories(run.report().resolve("in the way"));
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        RunReportFile file =
                new RunReportFile(run, Extras.warningOn(new PrintStream(warnings, true, StandardCharsets.UTF_8)));
        file.epochFinished(SampleRuns.epochs(1, 97).get(0), null);
        file.epochFinished(SampleRuns.epochs(1, 97).get(0), null);

        List<String> lines = warnings.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("warning: no report: cannot write " + run.report() + ": "), lines::toString);
        try (Stream<Path> files = Files.list(run.path())) {
            assertTrue(files.noneMatch(path -> path.toString().endsWith(".tmp")));
        }
    }

    @Test
    @DisplayName("of a folder that lacks its configuration is a warning too")
    void unreadable() {
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        RunFolder run = new RunFolder(folder.resolve("nothing"));
        assertFalse(new RunReportFile(run, Extras.warningOn(new PrintStream(warnings, true, StandardCharsets.UTF_8)))
                .write());
        assertEquals(1, warnings.toString(StandardCharsets.UTF_8).lines().count(), warnings::toString);
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return (Map<?, ?>) parent.get(key);
    }

    private static List<?> list(Map<?, ?> parent, String key) {
        return (List<?>) parent.get(key);
    }
}
